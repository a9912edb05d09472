-- fields that the change does not name keep the value of the row
insert into account as a
select * from jsonb_populate_record(cast(null as account), cast(:#row as jsonb))
on conflict ("Id") do update set
  ("Name", "Industry", "NumberOfEmployees", "BillingCity", "External_ID__c") = (
    select "Name", "Industry", "NumberOfEmployees", "BillingCity", "External_ID__c"
    from jsonb_populate_record(a, cast(:#row as jsonb)))
