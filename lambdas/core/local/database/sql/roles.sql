-- The users of the demo. A member of rds_iam logs in with an IAM token, as on RDS; the others with a password, which is
-- set where the server is started. The two groups say what one may do.
create role rds_iam nologin;
create role shop_writers nologin;
create role shop_readers nologin;

create role app_iam login in role rds_iam, shop_writers;
create role analyst_iam login in role rds_iam, shop_readers;
create role app login in role shop_writers;
create role reporting login in role shop_readers;

-- The main user of the shop, whose password a secret keeps.
create role shop_owner login in role shop_writers;
comment on role shop_owner is 'Reads and writes the shop; its password is managed in a secret';

-- Redshift and Aurora DSQL let in whom the gateway has verified, as a member of these. Redshift makes users as they come.
create role redshift_users nologin;
create role dsql_users nologin;
create role warehouse_owner login in role redshift_users;
create role analyst login in role redshift_users;
create role admin login in role dsql_users;
create role bookkeeper login in role dsql_users;
comment on role warehouse_owner is 'Owns the warehouse; its password is managed in a secret';
comment on role analyst is 'Reads the warehouse; logs in with a password or with a temporary one';
comment on role admin is 'Owns what the DSQL cluster holds; logs in with a token';
comment on role bookkeeper is 'Reads the DSQL cluster; logs in with a token';

comment on role app_iam is 'Reads and writes the shop; logs in with an IAM token';
comment on role analyst_iam is 'Reads the shop and the analytics; logs in with an IAM token';
comment on role app is 'Reads and writes the shop; logs in with a password';
comment on role reporting is 'Reads the shop and writes to scratch; logs in with a password';
