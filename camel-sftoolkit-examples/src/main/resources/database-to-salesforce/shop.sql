create table customer (
  code varchar(10) primary key,
  name varchar(80),
  employees int,
  changed timestamp default current_timestamp,
  sent timestamp
);
insert into customer (code, name, employees) values
  ('C1', 'Acme', 120),
  ('C2', 'Umbrella', 4000),
  ('C3', null, 7);
