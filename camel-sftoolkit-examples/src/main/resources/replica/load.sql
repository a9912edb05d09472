insert into account
select * from jsonb_populate_recordset(cast(null as account), cast(:#rows as jsonb))
on conflict ("Id") do update set
  "Name" = excluded."Name",
  "Industry" = excluded."Industry",
  "NumberOfEmployees" = excluded."NumberOfEmployees",
  "BillingCity" = excluded."BillingCity",
  "External_ID__c" = excluded."External_ID__c"
