-- A chain of hotels: what MySQL and MariaDB hold that PostgreSQL writes otherwise. Made in the server itself.
CREATE TABLE hotels (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(80) NOT NULL,
  city varchar(60) NOT NULL,
  stars tinyint unsigned NOT NULL DEFAULT 3 COMMENT 'one to five',
  amenities set('wifi', 'pool', 'spa', 'parking', 'bar') NOT NULL DEFAULT '',
  opened date NOT NULL,
  UNIQUE KEY hotels_name (name),
  CONSTRAINT stars_known CHECK (stars BETWEEN 1 AND 5)
) COMMENT = 'Every house of the chain';

CREATE TABLE rooms (
  hotel_id int unsigned NOT NULL,
  number smallint unsigned NOT NULL,
  kind enum('single', 'double', 'suite') NOT NULL,
  price decimal(10,2) NOT NULL,
  key_code binary(8) NOT NULL,
  smoking bit(1) NOT NULL DEFAULT b'0',
  PRIMARY KEY (hotel_id, number),
  KEY rooms_price (kind, price),
  CONSTRAINT rooms_hotel FOREIGN KEY (hotel_id) REFERENCES hotels (id) ON DELETE CASCADE
);

CREATE TABLE guests (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(120) NOT NULL,
  email varchar(190) NOT NULL,
  preferences json DEFAULT NULL,
  born date DEFAULT NULL,
  since datetime(6) NOT NULL,
  UNIQUE KEY guests_email (email)
);

CREATE TABLE stays (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  guest_id bigint unsigned NOT NULL,
  hotel_id int unsigned NOT NULL,
  room smallint unsigned NOT NULL,
  arrival date NOT NULL,
  nights smallint unsigned NOT NULL,
  late_until time DEFAULT NULL,
  total decimal(12,2) NOT NULL,
  booked timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  departure date GENERATED ALWAYS AS (arrival + INTERVAL nights DAY) VIRTUAL,
  KEY stays_arrival (arrival),
  CONSTRAINT stays_guest FOREIGN KEY (guest_id) REFERENCES guests (id),
  CONSTRAINT stays_room FOREIGN KEY (hotel_id, room) REFERENCES rooms (hotel_id, number)
);

INSERT INTO hotels (name, city, stars, amenities, opened)
SELECT CONCAT(ELT(1 + seq % 5, 'Hotel ', 'Pension ', 'Villa ', 'Haus ', 'Grand '), ELT(1 + seq % 8, 'Linde', 'Möwe', 'Seeblick', 'Krone', 'Adler', 'Rosa', 'Station', 'Park'), ' ', seq),
  ELT(1 + seq % 6, 'Lübeck', 'Zürich', 'Porto', 'Kraków', 'Nice', 'Århus'), 1 + seq * 7 % 5, seq * 11 % 32, '1960-01-01' + INTERVAL seq * 397 DAY
FROM seq_1_to_40;

INSERT INTO rooms
SELECT h.seq, 100 + r.seq, 1 + r.seq % 3, 40 + (h.seq * 13 + r.seq * 7) % 200 + 0.5, UNHEX(SUBSTR(MD5(h.seq * 1000 + r.seq), 1, 16)), r.seq % 20 = 0
FROM seq_1_to_40 h, seq_1_to_60 r;

INSERT INTO guests (name, email, preferences, born, since)
SELECT CONCAT(ELT(1 + seq % 7, 'Ada', 'Ben', 'Chloé', 'Dana', 'Émile', 'Fatima', 'Göran'), ' ', ELT(1 + seq % 6, 'Novak', 'Silva', 'Okafor', 'Meyer', 'Tanaka', 'Øster')),
  CONCAT('guest', seq, '@example.com'),
  IF(seq % 3 = 0, NULL, JSON_OBJECT('floor', seq % 5, 'quiet', seq % 2 = 0, 'note', CONCAT('pillow "', seq % 9, '"'))),
  IF(seq % 11 = 0, NULL, '1940-01-01' + INTERVAL seq * 17 % 24000 DAY), '2015-03-01 08:00:00.000001' + INTERVAL seq * 10007 SECOND
FROM seq_1_to_5000;

INSERT INTO stays (guest_id, hotel_id, room, arrival, nights, late_until, total, booked)
SELECT 1 + seq * 31 % 5000, 1 + seq * 7 % 40, 101 + seq * 13 % 60, '2024-01-01' + INTERVAL seq % 900 DAY, 1 + seq % 9,
  IF(seq % 4 = 0, SEC_TO_TIME(36000 + seq % 18000), NULL), (1 + seq % 9) * (60 + seq % 180) + 0.25, '2023-11-01 00:00:00.123' + INTERVAL seq * 311 SECOND
FROM seq_1_to_60000;

CREATE VIEW occupancy AS
SELECT h.name AS hotel, DATE_FORMAT(s.arrival, '%Y-%m') AS month, COUNT(*) AS stays, SUM(s.nights) AS nights, SUM(s.total) AS revenue
FROM stays s JOIN hotels h ON h.id = s.hotel_id GROUP BY h.name, month;

DELIMITER //
CREATE FUNCTION nights_of(guest bigint unsigned) RETURNS int READS SQL DATA COMMENT 'All nights of one guest'
BEGIN
  DECLARE total int DEFAULT 0;
  SELECT COALESCE(SUM(nights), 0) INTO total FROM stays WHERE guest_id = guest;
  RETURN total;
END //
CREATE PROCEDURE arrivals(IN day date)
BEGIN
  SELECT s.room, g.name FROM stays s JOIN guests g ON g.id = s.guest_id WHERE s.arrival = day ORDER BY s.room;
  SELECT COUNT(*) AS arrivals FROM stays WHERE arrival = day;
END //
DELIMITER ;
