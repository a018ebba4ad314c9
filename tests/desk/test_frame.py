"""The frame of every page: the period that was chosen stays chosen, for that account and without a write."""

from __future__ import annotations

from desk_world import World
from django.db import connection
from django.template import Context, Template, TemplateSyntaxError
from django.test.utils import CaptureQueriesContext
from pytest import raises

SHOWN = 'class="top-label">{}<'


def test_a_chosen_period_stays_without_a_write(world: World) -> None:
    client = world.client("clerk")
    client.get("/l/patents/")
    with CaptureQueriesContext(connection) as asked:
        assert SHOWN.format("2013年上半年") in client.get("/l/patents/?period=2013H1").content.decode()
    assert not [q["sql"] for q in asked if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "BEGIN"))]
    assert SHOWN.format("2013年上半年") in client.get("/l/patents/").content.decode()
    assert SHOWN.format("2014年") in client.get("/l/patents/?period=2014").content.decode()
    assert SHOWN.format("2014年") in client.get("/l/patents/?period=all").content.decode()


def test_a_period_counts_for_the_account_that_chose_it_and_nonsense_for_nobody(world: World) -> None:
    client = world.client("clerk")
    client.get("/l/patents/?period=2013")
    client.force_login(world.users["director"], backend="jushi.desk.signin.AccountBackend")
    assert SHOWN.format("2013年") not in client.get("/l/patents/").content.decode()
    client.cookies["period"] = f'{world.users["director"].pk}/"><script>'
    answer = client.get("/l/patents/")
    assert answer.status_code == 200 and '"><script>' not in answer.content.decode()


def test_the_period_menu_leads_to_the_page_itself_with_its_conditions(world: World) -> None:
    text = world.client("clerk").get("/l/patents/?type=invention&q=%22%3Cb%3E&period=2013Q2").content.decode()
    assert 'href="?type=invention&amp;q=%22%3Cb%3E&amp;period=2013Q2" class="active" aria-current="true">二季度<' in text
    assert 'href="?type=invention&amp;q=%22%3Cb%3E&amp;period=2013" class="now">2013<' in text
    assert "\0" not in text


def test_icons_and_assets_are_written_when_the_template_is_read() -> None:
    made = Template('{% load frame %}{% icon "home" %}{% icon name "caret" %}{% asset "desk/js/app.js" %}')
    text = made.render(Context({"name": "plus"}))
    assert "icons.svg#home" in text and "icons.svg#plus" in text and 'class="icon caret"' in text and text.endswith("/desk/js/app.js")
    with raises(TemplateSyntaxError):
        Template("{% load frame %}{% asset name %}")
