create table if not exists account (
  "Id" varchar(18) primary key,
  "Name" text,
  "Industry" text,
  "NumberOfEmployees" integer,
  "BillingCity" text,
  "External_ID__c" text
)
