"""How far the documents have moved away from the registered themes, and when it is time to discover anew."""

from __future__ import annotations

from pipeline.cluster import registry
from pipeline.errors import ConfigurationError
from pipeline.settings import Cluster
from pipeline.workspace import Workspace

FITTED, DRIFT = "fitted", "drift"  # the events of no single theme, of the two modes


def describe(far: float, fitted: float | None, settings: Cluster) -> tuple[str, str]:
    """Return the event for all themes together, and in words how much lies beyond them.

    `far` is the share of the left-over paragraphs that no theme is near, `fitted` the same at the last fit.
    """
    share = f"{far:.0%} of the left-over paragraphs are near no theme"
    if settings.mode == "fit":
        return FITTED, share
    if fitted is None:
        return DRIFT, f"{share}; the registry does not say how many when it was fitted: run `temaspejl refit --force`"
    words = f"{share}, {fitted:.0%} when the registry was fitted"
    if has_drifted(far, fitted, settings):
        words += f": above max_drift ({settings.max_drift:.0%}); run `temaspejl refit`"
    return DRIFT, words


def has_drifted(far: float, fitted: float, settings: Cluster) -> bool:
    """Tell whether so much more is beyond all themes than at the last fit that a refit is due."""
    return far - fitted > settings.max_drift


def check_drift(workspace: Workspace) -> None:
    """Raise ConfigurationError where a refit of the workspace's themes is not called for."""
    event = next((row for row in workspace.rows("theme_events") if row["event"] in (FITTED, DRIFT)), None)
    fitted = registry.read(workspace.registry).get("far")
    settings = workspace.settings(Cluster)
    if event is None or event["event"] == FITTED or fitted is None:
        raise ConfigurationError("the last run was not frozen, so its themes are new already: add --force to fit again")
    if not has_drifted(event["far"], fitted, settings):
        raise ConfigurationError(
            f"{event['reason']}: within max_drift ({settings.max_drift:.0%}); add --force to fit anew"
        )
