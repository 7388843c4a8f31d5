"""Personal data: what the shared edition of a report leaves out, and the tables as it sees them.

Taken out are CPR numbers, telephone numbers, e-mail addresses but for an office's mailbox, street addresses with a
number but for those that follow the name of a public place, bank accounts, and names of persons who hold no office
(`offices` says who does). In doubt, it is taken out. Text of closed agenda items is left out, figures on health matters
of small groups too (`groups`). `edition: authorised` in configs/report.yaml shows everything.
"""

from pipeline.report.privacy.views import Authorised, Shared, view

__all__ = ["Authorised", "Shared", "view"]
