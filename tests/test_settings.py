from __future__ import annotations

import pytest

from pipeline.errors import ConfigurationError
from pipeline.settings import MODELS, Clean, Codebook, check_configs, load


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_shipped_config_is_valid(model):
    assert load(model)


def test_an_own_config_replaces_the_shipped_one(tmp_path):
    (tmp_path / "clean.yaml").write_text("repair_ocr: false\n", encoding="utf-8")
    assert load(Clean, tmp_path).repair_ocr is False
    assert load(Codebook, tmp_path) == load(Codebook)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("repiar_ocr: true", ["clean.yaml", "repiar_ocr", "repair_ocr"]),
        ("repair_threshold: 3", ["clean.yaml", "repair_threshold", "less than or equal to 1"]),
        ("repair_ocr: [", ["clean.yaml", "YAML"]),
        ("- repair_ocr", ["clean.yaml", "keys and values"]),
    ],
)
def test_a_mistake_names_file_key_and_remedy(tmp_path, content, expected):
    (tmp_path / "clean.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load(Clean, tmp_path)
    assert all(word in str(error.value) for word in expected)


def test_two_themes_with_one_id_are_refused(tmp_path):
    theme = "{id: leadership, da: Ledelse, en: Leadership, definition: Om ledelse.}"
    (tmp_path / "themes.yaml").write_text(f"themes:\n  - {theme}\n  - {theme}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="leadership is used twice"):
        load(Codebook, tmp_path)


def test_a_file_that_no_stage_reads_is_refused(tmp_path):
    (tmp_path / "claen.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"claen\.yaml.*known files: .*clean\.yaml"):
        check_configs(tmp_path)
