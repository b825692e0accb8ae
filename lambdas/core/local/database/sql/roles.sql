-- The users of the demo. A member of rds_iam logs in with an IAM token, as on RDS; the others with a password, which is
-- set where the server is started. The two groups say what one may do.
create role rds_iam nologin;
create role shop_writers nologin;
create role shop_readers nologin;

create role app_iam login in role rds_iam, shop_writers;
create role analyst_iam login in role rds_iam, shop_readers;
create role app login in role shop_writers;
create role reporting login in role shop_readers;

comment on role app_iam is 'Reads and writes the shop; logs in with an IAM token';
comment on role analyst_iam is 'Reads the shop and the analytics; logs in with an IAM token';
comment on role app is 'Reads and writes the shop; logs in with a password';
comment on role reporting is 'Reads the shop and writes to scratch; logs in with a password';
