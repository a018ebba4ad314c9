"""The first start: a bureau, its offices and its first accounts, made out of three answers."""

from __future__ import annotations

import re
import secrets
import string
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from jushi.desk import trial
from jushi.kernel import oplog, scope
from jushi.kernel.models import Area, Bureau, Grant, Office, User


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first start asks: area code (6 digits) and name, bureau name, offices by name."""

    code: str
    area_name: str
    bureau: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A fresh account with its first password, shown once."""

    login: str
    password: str
    title: str


@cache
def proposals() -> dict[str, Any]:
    """Usual offices and first accounts (data/offices.toml)."""
    return tomllib.loads((files("jushi.desk") / "data/offices.toml").read_text(encoding="utf-8"))


def problems(answers: Answers) -> dict[str, str]:
    """What is missing or wrong, by field."""
    found: dict[str, str] = {}
    if not re.fullmatch(r"\d{6}", answers.code):
        found["code"] = "请填 6 位行政区划代码"
    elif answers.code.startswith(trial.PREFIX):
        found["code"] = f"{trial.PREFIX} 开头的代码只用于演示；请填本县（区）的 6 位代码"
    elif answers.code.endswith("00"):
        found["code"] = "这是省、市的代码；请填县（区）的 6 位代码"
    elif not answers.area_name and not Area.objects.filter(pk=answers.code.ljust(12, "0")).exists():
        found["area_name"] = "区划表中没有这个代码，请同时填写县（区）名称"
    if not answers.bureau:
        found["bureau"] = "请填写单位全称"
    elif len(answers.bureau) > 60:
        found["bureau"] = "单位全称不超过 60 字"
    if not answers.offices:
        found["offices"] = "至少填一个股室，一行一个"
    return found


def begin(answers: Answers) -> tuple[Bureau, list[Account]]:
    """Make area, bureau, offices and accounts in one transaction; returns the accounts with their first passwords."""
    with transaction.atomic(), scope.use(scope.of_counties([answers.code], "首次启动")):
        bureau = Bureau.objects.create(area=_area(answers), county=answers.code, name=answers.bureau, short_name=answers.bureau[-6:])
        codes = _offices(bureau, answers.offices)
        accounts = [_account(bureau, wish, codes) for wish in proposals()["accounts"]]
        oplog.event("建立单位", county=answers.code, reason=f"{bureau.name}；账户：{'、'.join(a.login for a in accounts)}")
    return bureau, accounts


def _area(answers: Answers) -> Area:
    """The county, with whatever of its city and province the table knows as parent."""
    known = Area.objects.filter(pk=answers.code.ljust(12, "0")).first()
    if known is not None:
        return known
    parents = [answers.code[:4].ljust(12, "0"), answers.code[:2].ljust(12, "0")]
    parent = next((a for a in (Area.objects.filter(pk=p).first() for p in parents) if a is not None), None)
    return Area.objects.create(code=answers.code.ljust(12, "0"), name=answers.area_name, rank="county", parent=parent)


def _offices(bureau: Bureau, names: tuple[str, ...]) -> list[str]:
    usual = {name: code for code, name in proposals()["offices"].items()}
    codes: list[str] = []
    with oplog.operation("设置股室", county=bureau.county):
        for position, name in enumerate(names):
            code = usual.get(name) or f"o{position + 1}"
            Office(county=bureau.county, bureau=bureau, code=code, name=name[:30], position=position).save()
            codes.append(code)
    return codes


def _account(bureau: Bureau, wish: dict[str, str], codes: list[str]) -> Account:
    login, number = wish["login"], 1
    while User.objects.filter(username=login).exists():
        number += 1
        login = f"{wish['login']}{number}"
    password = first_password()
    user = User.objects.create(
        username=login,
        full_name=wish["title"],
        bureau=bureau,
        password=make_password(password),
        must_change_password=True,
    )
    office = wish.get("office", "")
    Grant.objects.create(user=user, role=wish["role"], office_code=office if office in codes or not office else codes[0])
    return Account(login, password, wish["title"])


def first_password() -> str:
    """Ten characters of all four classes, without those that look alike in print."""
    groups = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "#%+=?@")
    letters = [secrets.choice(group) for group in groups]
    letters += [secrets.choice("".join(groups[:3])) for _ in range(6)]
    secrets.SystemRandom().shuffle(letters)
    assert any(c in string.digits for c in letters)
    return "".join(letters)
