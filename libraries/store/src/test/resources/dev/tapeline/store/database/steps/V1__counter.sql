create table counter (id int primary key, n bigint not null);
insert into counter values (1, 0);
select pg_sleep(0.3);
