"""Checks of the emulator through simple-salesforce, which speaks HTTPS only: python simple_salesforce_check.py URL. Prints a line "ok AREA" or "failed AREA: why" each."""
import sys
import requests
import urllib3
from simple_salesforce import Salesforce, SalesforceResourceNotFound
from simple_salesforce.exceptions import SalesforceMalformedRequest

url = sys.argv[1]
urllib3.disable_warnings()
session = requests.Session()
session.verify = False  # the emulator's certificate is its own
session.trust_env = False


def check(area, work):
    try:
        work()
        print("ok", area)
    except Exception as e:  # each area stands for itself
        print("failed %s: %s %s" % (area, type(e).__name__, str(e).replace("\n", " ")[:200]))


token = session.post(url + "/services/oauth2/token", data={
    "grant_type": "client_credentials", "client_id": "emulator-client", "client_secret": "emulator-secret"}).json()
sf = Salesforce(instance_url=token["instance_url"], session_id=token["access_token"], session=session)


def login():
    assert token["token_type"] == "Bearer"
    assert sf.limits()["DailyApiRequests"]["Max"] > 0


def records():
    made = sf.Account.create({"Name": "Python"})
    assert made["success"]
    assert sf.Account.get(made["id"])["Name"] == "Python"
    assert sf.Account.update(made["id"], {"Name": "Snake"}) == 204
    assert sf.Account.upsert("External_ID__c/P-1", {"Name": "By key"}) == 201
    assert sf.Account.get_by_custom_id("External_ID__c", "P-1")["Name"] == "By key"
    assert sf.Account.delete(made["id"]) == 204
    try:
        sf.Account.get(made["id"])
        raise AssertionError("deleted, and found")
    except SalesforceResourceNotFound:
        pass


def query():
    for i in range(3):
        sf.Contact.create({"LastName": "q%d" % i})
    rows = sf.query_all("SELECT LastName FROM Contact WHERE LastName LIKE 'q%' ORDER BY LastName")
    assert [r["LastName"] for r in rows["records"]] == ["q0", "q1", "q2"]
    try:
        sf.query("SELECT Nope FROM Account")
        raise AssertionError("no error")
    except SalesforceMalformedRequest as e:
        assert e.content[0]["errorCode"] == "INVALID_FIELD"


def search():
    sf.Account.create({"Name": "Searchable"})
    assert sf.quick_search("Searchable")["searchRecords"]


def describe():
    assert any(o["name"] == "Account" for o in sf.describe()["sobjects"])
    assert any(f["name"] == "Name" for f in sf.Account.describe()["fields"])


def bulk1():
    results = sf.bulk.Lead.insert([{"LastName": "b%d" % i, "Company": "c"} for i in range(25)], batch_size=10)
    assert all(r["success"] for r in results) and len(results) == 25
    assert len(list(sf.bulk.Lead.query("SELECT Id FROM Lead WHERE Company = 'c'"))) == 25


def bulk2():
    done = sf.bulk2.Account.insert(records=[{"Name": "two%d" % i} for i in range(50)])
    assert sum(int(job["numberRecordsProcessed"]) for job in done) == 50
    text = "".join(sf.bulk2.Account.query("SELECT Name FROM Account WHERE Name LIKE 'two%'"))
    assert text.count("two") == 50


def replication():
    import datetime
    session.post(url + "/__emulator/clock", json={"advance": "2m"})
    now = datetime.datetime.now(datetime.timezone.utc)
    changed = sf.Account.updated(now - datetime.timedelta(minutes=10), now + datetime.timedelta(minutes=1))
    assert changed["ids"]


for area, work in [("login", login), ("records", records), ("query", query), ("search", search), ("describe", describe),
                   ("bulk 2.0", bulk2), ("bulk 1", bulk1), ("replication", replication)]:
    check(area, work)
