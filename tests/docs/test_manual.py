"""The manual says what the program is: generated pages are up to date, links lead somewhere, every command is explained."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs/manual"
LINK = re.compile(r"\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

sys.path.insert(0, str(ROOT / "tools"))


def test_generated_pages_are_up_to_date() -> None:
    import manual

    pages = manual.generated()
    assert len(pages) > 10
    old = [name for name, text in pages.items() if not (MANUAL / name).exists() or (MANUAL / name).read_text("utf-8") != text]
    assert not old, f"手册页不是最新，请执行 make manual：{'、'.join(old)}"
    assert {f"ledgers/{p.name}" for p in (MANUAL / "ledgers").glob("*.md")} <= set(pages)


def test_every_ledger_is_described_in_full() -> None:
    from jushi.ledger import registry

    text = "".join(p.read_text("utf-8") for p in (MANUAL / "ledgers").glob("*.md"))
    for ledger in registry.ledgers():
        assert f'<a id="{ledger.code}"></a>' in text
        assert all(f"`{i.code}`" in text for i in ledger.indicators)
        assert all(f"`@{code}`" in text for code in ledger.sentences)


def test_sentences_are_read_with_names() -> None:
    import manual_ledgers

    assert manual_ledgers.spoken("{?共{tech_trips.held}，?}发{tech_trips.leaflets|余}") == (
        "？共〔送科技下乡活动次数〕，？发〔送科技下乡发放资料｜余〕"
    )


def test_messages_of_a_check_come_from_its_source() -> None:
    import manual_ledgers

    from jushi.ledgers.checks_e import alarm_is_closed_properly

    assert "办结前请写明处置措施" in manual_ledgers.messages(alarm_is_closed_properly)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(re.sub(r"`[^`]*`|```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.exists(), f"{page.name} 指向不存在的 {target}"
        if anchor and other.suffix == ".md" and other.parent.name == "ledgers":
            assert anchor in ANCHOR.findall(other.read_text("utf-8")), f"{page.name} 指向不存在的 {target}"


def test_every_command_is_explained() -> None:
    from jushi.site.cli import COMMANDS

    text = (MANUAL / "11-cli.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"jushi {name}" not in text] == []


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120
