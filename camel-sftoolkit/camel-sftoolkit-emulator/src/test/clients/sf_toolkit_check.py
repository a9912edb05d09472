"""Checks of the emulator through sf_toolkit: python sf_toolkit_check.py URL. Prints a line "ok AREA" or "failed AREA: why" each."""
import sys
import httpx
from sf_toolkit import SalesforceClient, SObject
from sf_toolkit.auth.types import SalesforceToken
from sf_toolkit.data.fields import IdField, TextField
from sf_toolkit.io import delete, fetch, save, save_insert_bulk, save_list, select, sobject_describe
from sf_toolkit.data.sobject import SObjectList

url = sys.argv[1]


class Account(SObject):
    Id = IdField()
    Name = TextField()
    Industry = TextField()


def check(area, work):
    try:
        work()
        print("ok", area)
    except Exception as e:  # each area stands for itself
        print("failed %s: %s %s" % (area, type(e).__name__, str(e).replace("\n", " ")[:200]))


token = httpx.post(url + "/services/oauth2/token", data={
    "grant_type": "client_credentials", "client_id": "emulator-client", "client_secret": "emulator-secret"}).json()

with SalesforceClient(token=SalesforceToken(httpx.URL(token["instance_url"]), token["access_token"])) as sf:

    def login():
        assert sf.get_limits() if hasattr(sf, "get_limits") else sf.api_version

    def records():
        one = Account(Name="Toolkit", Industry="Energy")
        save(one)
        assert one.Id
        assert fetch(Account, one.Id).Name == "Toolkit"
        one.Name = "Changed"
        save(one)
        assert fetch(Account, one.Id).Name == "Changed"
        many = SObjectList([Account(Name="many%d" % i) for i in range(5)])
        save_list(many)
        delete(one)

    def query():
        names = sorted(a.Name for a in select(Account).where("Name LIKE 'many%'").execute())
        assert names == ["many0", "many1", "many2", "many3", "many4"], names

    def describe():
        assert any(f["name"] == "Name" for f in sobject_describe(Account)["fields"])

    def bulk2():
        save_insert_bulk(SObjectList([Account(Name="bulk%d" % i) for i in range(20)]))

    for area, work in [("login", login), ("records", records), ("query", query), ("describe", describe), ("bulk 2.0", bulk2)]:
        check(area, work)
