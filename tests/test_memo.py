from __future__ import annotations

from pipeline.memo import Memo, code_digest, digest, folder_digest


def test_a_result_comes_back_only_for_the_same_input_code_and_settings(tmp_path):
    memo = Memo(tmp_path, "stage", ["code 1", {"threshold": 0.8}])
    assert memo.get("input") is None
    memo.put("input", {"answer": [1, 2]})
    assert memo.get("input") == {"answer": [1, 2]}
    assert memo.get("other input") is None
    assert Memo(tmp_path, "stage", ["code 2", {"threshold": 0.8}]).get("input") is None
    assert Memo(tmp_path, "stage", ["code 1", {"threshold": 0.9}]).get("input") is None


def test_a_damaged_entry_is_computed_anew(tmp_path):
    memo = Memo(tmp_path, "stage", ["code"])
    memo.put("input", "result")
    entry = next(path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:3])
    assert memo.get("input") is None


def test_digests_keep_parts_apart_and_follow_contents(tmp_path):
    assert digest("ab", "c") != digest("a", "bc")
    (tmp_path / "a.py").write_text("x = 1")
    before = code_digest(tmp_path), folder_digest(tmp_path)
    (tmp_path / "a.py").write_text("x = 2")
    assert code_digest(tmp_path) != before[0]
    assert folder_digest(tmp_path) != before[1]
