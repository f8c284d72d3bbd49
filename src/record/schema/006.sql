-- The record, schema 6: indexes and views for questions.

-- Which actor or place of the world a row of a report stands for, so that questions find it in all
-- reports: an actor's dictionary entry, else its name (with its country, where the name is a
-- description such as "police" or a single word); a place's geonameid, else its name and division.
ALTER TABLE actors ADD COLUMN identity TEXT GENERATED ALWAYS AS (
    CASE WHEN entry IS NOT NULL THEN '@' || entry
         WHEN kind IN ('person', 'organisation') AND instr(name, ' ') > 0
              AND substr(name, 2) <> lower(substr(name, 2)) THEN folded
         ELSE folded || '/' || coalesce(country, '') END) VIRTUAL;
ALTER TABLE places ADD COLUMN identity TEXT GENERATED ALWAYS AS (
    CASE WHEN coalesce(geonameid, 0) <> 0 THEN CAST(geonameid AS TEXT)
         ELSE folded || '/' || coalesce(country, '') || '/' || coalesce(admin1, '') END) VIRTUAL;
CREATE INDEX actors_by_identity ON actors (identity);
CREATE INDEX places_by_identity ON places (identity);
DROP INDEX actors_by_name;
DROP INDEX places_by_name;

-- Every name under which an actor or place goes, kept by triggers: small beside the reports' rows, so
-- that a name is looked for here.
CREATE TABLE actor_names (
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL, -- '' where it has none
    PRIMARY KEY (identity, name, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE place_names (
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    feature TEXT NOT NULL, -- '' where unknown, as in the next three
    country TEXT NOT NULL,
    admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    PRIMARY KEY (identity, name, feature, country, admin1, admin2)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO actor_names SELECT identity, name, coalesce(code, '') FROM actors;
INSERT OR IGNORE INTO place_names
    SELECT identity, name, coalesce(feature, ''), coalesce(country, ''), coalesce(admin1, ''),
           coalesce(admin2, ''), latitude, longitude
    FROM places ORDER BY report, place;

CREATE TRIGGER actors_named AFTER INSERT ON actors BEGIN
    INSERT OR IGNORE INTO actor_names VALUES (new.identity, new.name, coalesce(new.code, ''));
END;
CREATE TRIGGER places_named AFTER INSERT ON places BEGIN
    INSERT OR IGNORE INTO place_names VALUES (
        new.identity, new.name, coalesce(new.feature, ''), coalesce(new.country, ''),
        coalesce(new.admin1, ''), coalesce(new.admin2, ''), new.latitude, new.longitude);
END;
-- The last of its name takes the name with it.
CREATE TRIGGER actors_forgotten AFTER DELETE ON actors
WHEN NOT EXISTS (SELECT 1 FROM actors WHERE identity = old.identity) BEGIN
    DELETE FROM actor_names WHERE identity = old.identity;
END;
CREATE TRIGGER places_forgotten AFTER DELETE ON places
WHEN NOT EXISTS (SELECT 1 FROM places WHERE identity = old.identity) BEGIN
    DELETE FROM place_names WHERE identity = old.identity;
END;

-- What countries are called (of dictionaries/world/states.tsv): a question names a country that no
-- report names. Places have its code, ISO 3166-1 alpha-2.
CREATE TABLE country_names (
    name TEXT PRIMARY KEY,
    country TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO country_names VALUES
    ('Andorra', 'AD'), ('Principality of Andorra', 'AD'), ('Emirates', 'AE'), ('U.A.E.', 'AE'),
    ('UAE', 'AE'), ('United Arab Emirates', 'AE'), ('Afghanistan', 'AF'),
    ('Islamic Republic of Afghanistan', 'AF'), ('Antigua', 'AG'), ('Antigua & Barbuda', 'AG'),
    ('Antigua and Barbuda', 'AG'), ('Albania', 'AL'), ('Republic of Albania', 'AL'),
    ('Armenia', 'AM'), ('Republic of Armenia', 'AM'), ('Angola', 'AO'),
    ('People''s Republic of Angola', 'AO'), ('Republic of Angola', 'AO'), ('Argentina', 'AR'),
    ('Argentine Republic', 'AR'), ('Austria', 'AT'), ('Republic of Austria', 'AT'),
    ('Australia', 'AU'), ('Commonwealth of Australia', 'AU'), ('Azerbaidjan', 'AZ'),
    ('Azerbaijan', 'AZ'), ('Republic of Azerbaijan', 'AZ'), ('BiH', 'BA'), ('Bosnia', 'BA'),
    ('Bosnia & Herzegovina', 'BA'), ('Bosnia and Hercegovina', 'BA'),
    ('Bosnia and Herzegovina', 'BA'), ('Bosnia-Hercegovina', 'BA'), ('Bosnia-Herzegovina', 'BA'),
    ('Barbados', 'BB'), ('Bangla Desh', 'BD'), ('Bangladesh', 'BD'),
    ('People''s Republic of Bangladesh', 'BD'), ('Belgium', 'BE'), ('Kingdom of Belgium', 'BE'),
    ('Burkina Faso', 'BF'), ('Upper Volta', 'BF'), ('Bulgaria', 'BG'),
    ('Republic of Bulgaria', 'BG'), ('Bahrain', 'BH'), ('Bahrein', 'BH'),
    ('Kingdom of Bahrain', 'BH'), ('Burundi', 'BI'), ('Republic of Burundi', 'BI'), ('Benin', 'BJ'),
    ('Dahomey', 'BJ'), ('Republic of Benin', 'BJ'), ('Brunei', 'BN'), ('Brunei Darussalam', 'BN'),
    ('Bolivia', 'BO'), ('Plurinational State of Bolivia', 'BO'), ('Republic of Bolivia', 'BO'),
    ('Brasil', 'BR'), ('Brazil', 'BR'), ('Federative Republic of Brazil', 'BR'), ('Bahamas', 'BS'),
    ('Commonwealth of the Bahamas', 'BS'), ('The Bahamas', 'BS'), ('Bhutan', 'BT'),
    ('Kingdom of Bhutan', 'BT'), ('Botswana', 'BW'), ('Republic of Botswana', 'BW'),
    ('Belarus', 'BY'), ('Belorussia', 'BY'), ('Byelarus', 'BY'), ('Byelorussia', 'BY'),
    ('Republic of Belarus', 'BY'), ('Belize', 'BZ'), ('British Honduras', 'BZ'), ('Canada', 'CA'),
    ('Dominion of Canada', 'CA'), ('Belgian Congo', 'CD'), ('Congo Kinshasa', 'CD'),
    ('Congo-Kinshasa', 'CD'), ('D.R. Congo', 'CD'), ('D.R.C.', 'CD'), ('DR Congo', 'CD'),
    ('DRC', 'CD'), ('DROC', 'CD'), ('Democratic Republic of Congo', 'CD'),
    ('Democratic Republic of the Congo', 'CD'), ('C.A.R.', 'CF'), ('CAR', 'CF'),
    ('Centrafrique', 'CF'), ('Central African Empire', 'CF'), ('Central African Republic', 'CF'),
    ('Congo', 'CG'), ('Congo Brazzaville', 'CG'), ('Congo-Brazzaville', 'CG'),
    ('People''s Republic of the Congo', 'CG'), ('Republic of Congo', 'CG'),
    ('Republic of the Congo', 'CG'), ('Swiss Confederation', 'CH'), ('Switzerland', 'CH'),
    ('Cote D''Ivoire', 'CI'), ('Cote d''Ivoire', 'CI'), ('Cote dIvoire', 'CI'),
    ('Côte d''Ivoire', 'CI'), ('Ivory Coast', 'CI'), ('Republic of Côte d''Ivoire', 'CI'),
    ('Chile', 'CL'), ('Republic of Chile', 'CL'), ('Cameroon', 'CM'), ('Cameroons', 'CM'),
    ('Cameroun', 'CM'), ('Republic of Cameroon', 'CM'), ('China', 'CN'), ('Communist China', 'CN'),
    ('P.R.C.', 'CN'), ('PRC', 'CN'), ('People''s Republic of China', 'CN'), ('Red China', 'CN'),
    ('mainland China', 'CN'), ('Colombia', 'CO'), ('Republic of Colombia', 'CO'),
    ('Costa Rica', 'CR'), ('Republic of Costa Rica', 'CR'), ('Cuba', 'CU'),
    ('Republic of Cuba', 'CU'), ('Cabo Verde', 'CV'), ('Cape Verde', 'CV'),
    ('Republic of Cabo Verde', 'CV'), ('Cyprus', 'CY'), ('Republic of Cyprus', 'CY'),
    ('Czech Republic', 'CZ'), ('Czechia', 'CZ'), ('FRG', 'DE'),
    ('Federal Republic of Germany', 'DE'), ('Germany', 'DE'), ('West Germany', 'DE'),
    ('Afars and Issas', 'DJ'), ('Djibouti', 'DJ'), ('Jibuti', 'DJ'), ('Republic of Djibouti', 'DJ'),
    ('Denmark', 'DK'), ('Kingdom of Denmark', 'DK'), ('Commonwealth of Dominica', 'DM'),
    ('Dominica', 'DM'), ('Dominican Republic', 'DO'), ('Algeria', 'DZ'),
    ('People''s Democratic Republic of Algeria', 'DZ'), ('Ecuador', 'EC'),
    ('Republic of Ecuador', 'EC'), ('Estonia', 'EE'), ('Republic of Estonia', 'EE'),
    ('Arab Republic of Egypt', 'EG'), ('Egypt', 'EG'), ('United Arab Republic', 'EG'),
    ('SADR', 'EH'), ('Saharan Arab Democratic Republic', 'EH'),
    ('Sahrawi Arab Democratic Republic', 'EH'), ('Spanish Sahara', 'EH'), ('Western Sahara', 'EH'),
    ('Eritrea', 'ER'), ('State of Eritrea', 'ER'), ('España', 'ES'), ('Kingdom of Spain', 'ES'),
    ('Spain', 'ES'), ('Ethiopia', 'ET'), ('Federal Democratic Republic of Ethiopia', 'ET'),
    ('Finland', 'FI'), ('Republic of Finland', 'FI'), ('Fiji', 'FJ'), ('Fiji Islands', 'FJ'),
    ('Republic of Fiji', 'FJ'), ('Federated States of Micronesia', 'FM'), ('Micronesia', 'FM'),
    ('France', 'FR'), ('French Republic', 'FR'), ('Gabon', 'GA'), ('Gabonese Republic', 'GA'),
    ('Britain', 'GB'), ('Great Britain', 'GB'), ('U.K.', 'GB'), ('UK', 'GB'),
    ('United Kingdom', 'GB'), ('United Kingdom of Great Britain and Northern Ireland', 'GB'),
    ('Grenada', 'GD'), ('Georgia', 'GE'), ('Republic of Georgia', 'GE'), ('Ghana', 'GH'),
    ('Republic of Ghana', 'GH'), ('Greenland', 'GL'), ('Kalaallit Nunaat', 'GL'), ('Gambia', 'GM'),
    ('Islamic Republic of the Gambia', 'GM'), ('Republic of the Gambia', 'GM'),
    ('The Gambia', 'GM'), ('Guinea', 'GN'), ('Guinea Conakry', 'GN'), ('Guinea-Conakry', 'GN'),
    ('Republic of Guinea', 'GN'), ('Equatorial Guinea', 'GQ'),
    ('Republic of Equatorial Guinea', 'GQ'), ('Greece', 'GR'), ('Hellenic Republic', 'GR'),
    ('Guatemala', 'GT'), ('Republic of Guatemala', 'GT'), ('Guinea Bissau', 'GW'),
    ('Guinea-Bissau', 'GW'), ('Republic of Guinea-Bissau', 'GW'), ('British Guiana', 'GY'),
    ('Co-operative Republic of Guyana', 'GY'), ('Guyana', 'GY'), ('HKSAR', 'HK'),
    ('Hong Kong', 'HK'), ('Hong Kong SAR', 'HK'), ('Hongkong', 'HK'), ('Honduras', 'HN'),
    ('Republic of Honduras', 'HN'), ('Croatia', 'HR'), ('Republic of Croatia', 'HR'),
    ('Haiti', 'HT'), ('Republic of Haiti', 'HT'), ('Hungarian People''s Republic', 'HU'),
    ('Hungary', 'HU'), ('Republic of Hungary', 'HU'), ('Indonesia', 'ID'),
    ('Republic of Indonesia', 'ID'), ('Eire', 'IE'), ('Ireland', 'IE'), ('Irish Republic', 'IE'),
    ('Republic of Ireland', 'IE'), ('Éire', 'IE'), ('Israel', 'IL'), ('State of Israel', 'IL'),
    ('Bharat', 'IN'), ('India', 'IN'), ('Republic of India', 'IN'), ('Irak', 'IQ'), ('Iraq', 'IQ'),
    ('Republic of Iraq', 'IQ'), ('Iran', 'IR'), ('Islamic Republic', 'IR'),
    ('Islamic Republic of Iran', 'IR'), ('Persia', 'IR'), ('Iceland', 'IS'),
    ('Republic of Iceland', 'IS'), ('Italian Republic', 'IT'), ('Italy', 'IT'), ('Jamaica', 'JM'),
    ('Hashemite Kingdom', 'JO'), ('Hashemite Kingdom of Jordan', 'JO'), ('Jordan', 'JO'),
    ('Japan', 'JP'), ('Nippon', 'JP'), ('State of Japan', 'JP'), ('Kenya', 'KE'),
    ('Republic of Kenya', 'KE'), ('Kirghizia', 'KG'), ('Kirghizstan', 'KG'), ('Kirgizia', 'KG'),
    ('Kirgizstan', 'KG'), ('Kyrgyz Republic', 'KG'), ('Kyrgyzstan', 'KG'), ('Cambodia', 'KH'),
    ('Democratic Kampuchea', 'KH'), ('Kampuchea', 'KH'), ('Khmer Republic', 'KH'),
    ('Kingdom of Cambodia', 'KH'), ('People''s Republic of Kampuchea', 'KH'),
    ('State of Cambodia', 'KH'), ('Gilbert Islands', 'KI'), ('Kiribati', 'KI'),
    ('Republic of Kiribati', 'KI'), ('Comores', 'KM'), ('Comoro Islands', 'KM'), ('Comoros', 'KM'),
    ('Union of the Comoros', 'KM'), ('Saint Kitts and Nevis', 'KN'), ('St Kitts and Nevis', 'KN'),
    ('St. Kitts and Nevis', 'KN'), ('D.P.R.K.', 'KP'), ('DPRK', 'KP'),
    ('Democratic People''s Republic of Korea', 'KP'), ('N Korea', 'KP'), ('N. Korea', 'KP'),
    ('North Korea', 'KP'), ('R.O.K.', 'KR'), ('ROK', 'KR'), ('Republic of Korea', 'KR'),
    ('S Korea', 'KR'), ('S. Korea', 'KR'), ('South Korea', 'KR'), ('Kuwait', 'KW'),
    ('State of Kuwait', 'KW'), ('Kazakhstan', 'KZ'), ('Kazakstan', 'KZ'),
    ('Republic of Kazakhstan', 'KZ'), ('Lao PDR', 'LA'),
    ('Lao People''s Democratic Republic', 'LA'), ('Laos', 'LA'), ('Lebanese Republic', 'LB'),
    ('Lebanon', 'LB'), ('Republic of Lebanon', 'LB'), ('Saint Lucia', 'LC'), ('St Lucia', 'LC'),
    ('St. Lucia', 'LC'), ('Liechtenstein', 'LI'), ('Principality of Liechtenstein', 'LI'),
    ('Ceylon', 'LK'), ('Democratic Socialist Republic of Sri Lanka', 'LK'), ('Sri Lanka', 'LK'),
    ('Liberia', 'LR'), ('Republic of Liberia', 'LR'), ('Basutoland', 'LS'),
    ('Kingdom of Lesotho', 'LS'), ('Lesotho', 'LS'), ('Lithuania', 'LT'),
    ('Republic of Lithuania', 'LT'), ('Grand Duchy of Luxembourg', 'LU'), ('Luxembourg', 'LU'),
    ('Luxemburg', 'LU'), ('Latvia', 'LV'), ('Republic of Latvia', 'LV'),
    ('Great Socialist People''s Libyan Arab Jamahiriya', 'LY'), ('Jamahiriya', 'LY'),
    ('Libya', 'LY'), ('Libyan Arab Jamahiriya', 'LY'), ('Libyan Arab Republic', 'LY'),
    ('State of Libya', 'LY'), ('Kingdom of Morocco', 'MA'), ('Maroc', 'MA'), ('Morocco', 'MA'),
    ('Monaco', 'MC'), ('Principality of Monaco', 'MC'), ('Moldavia', 'MD'), ('Moldova', 'MD'),
    ('Republic of Moldova', 'MD'), ('Crna Gora', 'ME'), ('Montenegro', 'ME'), ('Madagascar', 'MG'),
    ('Malagasy Republic', 'MG'), ('Republic of Madagascar', 'MG'), ('Marshall Islands', 'MH'),
    ('Republic of the Marshall Islands', 'MH'), ('FYROM', 'MK'),
    ('Former Yugoslav Republic of Macedonia', 'MK'), ('Macedonia', 'MK'), ('North Macedonia', 'MK'),
    ('Republic of Macedonia', 'MK'), ('Republic of North Macedonia', 'MK'), ('Mali', 'ML'),
    ('Malian Republic', 'ML'), ('Republic of Mali', 'ML'), ('Burma', 'MM'), ('Myanmar', 'MM'),
    ('Republic of the Union of Myanmar', 'MM'), ('Union of Burma', 'MM'),
    ('Union of Myanmar', 'MM'), ('Mongolia', 'MN'), ('Mongolian People''s Republic', 'MN'),
    ('Outer Mongolia', 'MN'), ('Macao', 'MO'), ('Macau', 'MO'), ('Macau SAR', 'MO'),
    ('Islamic Republic of Mauritania', 'MR'), ('Mauritania', 'MR'), ('Malta', 'MT'),
    ('Republic of Malta', 'MT'), ('Mauritius', 'MU'), ('Republic of Mauritius', 'MU'),
    ('Maldive Islands', 'MV'), ('Maldives', 'MV'), ('Republic of Maldives', 'MV'), ('Malawi', 'MW'),
    ('Nyasaland', 'MW'), ('Republic of Malawi', 'MW'), ('Mexico', 'MX'), ('México', 'MX'),
    ('United Mexican States', 'MX'), ('Malaysia', 'MY'), ('Mozambique', 'MZ'), ('Moçambique', 'MZ'),
    ('People''s Republic of Mozambique', 'MZ'), ('Republic of Mozambique', 'MZ'), ('Namibia', 'NA'),
    ('Republic of Namibia', 'NA'), ('South West Africa', 'NA'), ('South-West Africa', 'NA'),
    ('Niger', 'NE'), ('Republic of Niger', 'NE'), ('Republic of the Niger', 'NE'),
    ('Federal Republic of Nigeria', 'NG'), ('Nigeria', 'NG'), ('Nicaragua', 'NI'),
    ('Republic of Nicaragua', 'NI'), ('Holland', 'NL'), ('Kingdom of the Netherlands', 'NL'),
    ('Netherlands', 'NL'), ('The Netherlands', 'NL'), ('Kingdom of Norway', 'NO'), ('Norway', 'NO'),
    ('Federal Democratic Republic of Nepal', 'NP'), ('Kingdom of Nepal', 'NP'), ('Nepal', 'NP'),
    ('Nauru', 'NR'), ('Republic of Nauru', 'NR'), ('Aotearoa', 'NZ'), ('New Zealand', 'NZ'),
    ('Muscat and Oman', 'OM'), ('Oman', 'OM'), ('Sultanate of Oman', 'OM'), ('Panama', 'PA'),
    ('Panamá', 'PA'), ('Republic of Panama', 'PA'), ('Peru', 'PE'), ('Perú', 'PE'),
    ('Republic of Peru', 'PE'), ('Independent State of Papua New Guinea', 'PG'), ('PNG', 'PG'),
    ('Papua New Guinea', 'PG'), ('Philippines', 'PH'), ('Republic of the Philippines', 'PH'),
    ('the Philippines', 'PH'), ('Islamic Republic of Pakistan', 'PK'), ('Pakistan', 'PK'),
    ('Poland', 'PL'), ('Polish People''s Republic', 'PL'), ('Republic of Poland', 'PL'),
    ('Commonwealth of Puerto Rico', 'PR'), ('Puerto Rico', 'PR'),
    ('Occupied Palestinian Territory', 'PS'), ('Occupied Territories', 'PS'), ('Palestine', 'PS'),
    ('Palestinian Territories', 'PS'), ('Palestinian territories', 'PS'),
    ('State of Palestine', 'PS'), ('occupied territories', 'PS'), ('Portugal', 'PT'),
    ('Portuguese Republic', 'PT'), ('Belau', 'PW'), ('Palau', 'PW'), ('Republic of Palau', 'PW'),
    ('Paraguay', 'PY'), ('Republic of Paraguay', 'PY'), ('Qatar', 'QA'), ('State of Qatar', 'QA'),
    ('Romania', 'RO'), ('Roumania', 'RO'), ('Rumania', 'RO'),
    ('Socialist Republic of Romania', 'RO'), ('Republic of Serbia', 'RS'), ('Serbia', 'RS'),
    ('R.F.', 'RU'), ('Russia', 'RU'), ('Russian Federation', 'RU'), ('Republic of Rwanda', 'RW'),
    ('Ruanda', 'RW'), ('Rwanda', 'RW'), ('KSA', 'SA'), ('Kingdom of Saudi Arabia', 'SA'),
    ('Saudi', 'SA'), ('Saudi Arabia', 'SA'), ('Solomon Islands', 'SB'), ('Solomons', 'SB'),
    ('Republic of Seychelles', 'SC'), ('Seychelle Islands', 'SC'), ('Seychelles', 'SC'),
    ('Republic of Sudan', 'SD'), ('Republic of the Sudan', 'SD'), ('Sudan', 'SD'),
    ('the Sudan', 'SD'), ('Kingdom of Sweden', 'SE'), ('Sweden', 'SE'),
    ('Republic of Singapore', 'SG'), ('Singapore', 'SG'), ('Republic of Slovenia', 'SI'),
    ('Slovenia', 'SI'), ('Slovak Republic', 'SK'), ('Slovakia', 'SK'),
    ('Republic of Sierra Leone', 'SL'), ('Sierra Leone', 'SL'), ('Republic of San Marino', 'SM'),
    ('San Marino', 'SM'), ('Republic of Senegal', 'SN'), ('Senegal', 'SN'), ('Sénégal', 'SN'),
    ('Federal Republic of Somalia', 'SO'), ('Somali Democratic Republic', 'SO'),
    ('Somali Republic', 'SO'), ('Somalia', 'SO'), ('Dutch Guiana', 'SR'),
    ('Republic of Suriname', 'SR'), ('Surinam', 'SR'), ('Suriname', 'SR'),
    ('Republic of South Sudan', 'SS'), ('South Sudan', 'SS'), ('Sao Tome', 'ST'),
    ('Sao Tome and Principe', 'ST'), ('Sao Tome e Principe', 'ST'), ('São Tomé and Príncipe', 'ST'),
    ('El Salvador', 'SV'), ('Republic of El Salvador', 'SV'), ('Salvador', 'SV'), ('Syria', 'SY'),
    ('Syrian Arab Republic', 'SY'), ('Eswatini', 'SZ'), ('Kingdom of Eswatini', 'SZ'),
    ('Kingdom of Swaziland', 'SZ'), ('Swaziland', 'SZ'), ('Chad', 'TD'), ('Republic of Chad', 'TD'),
    ('Tchad', 'TD'), ('Togo', 'TG'), ('Togolese Republic', 'TG'), ('Kingdom of Thailand', 'TH'),
    ('Siam', 'TH'), ('Thailand', 'TH'), ('Republic of Tajikistan', 'TJ'), ('Tadjikistan', 'TJ'),
    ('Tadzhikistan', 'TJ'), ('Tajikistan', 'TJ'), ('Tajikstan', 'TJ'),
    ('Democratic Republic of Timor-Leste', 'TL'), ('East Timor', 'TL'), ('Timor Leste', 'TL'),
    ('Timor-Leste', 'TL'), ('Turkmenia', 'TM'), ('Turkmenistan', 'TM'),
    ('Republic of Tunisia', 'TN'), ('Tunisia', 'TN'), ('Tunisian Republic', 'TN'),
    ('Kingdom of Tonga', 'TO'), ('Tonga', 'TO'), ('Republic of Turkey', 'TR'),
    ('Republic of Türkiye', 'TR'), ('Turkey', 'TR'), ('Turkiye', 'TR'), ('Türkiye', 'TR'),
    ('Trinidad', 'TT'), ('Trinidad & Tobago', 'TT'), ('Trinidad and Tobago', 'TT'),
    ('Ellice Islands', 'TV'), ('Tuvalu', 'TV'), ('Chinese Taipei', 'TW'), ('Formosa', 'TW'),
    ('R.O.C.', 'TW'), ('ROC', 'TW'), ('Republic of China', 'TW'), ('Taiwan', 'TW'),
    ('Tanganyika', 'TZ'), ('Tanzania', 'TZ'), ('United Republic of Tanzania', 'TZ'),
    ('Ukraine', 'UA'), ('Ukrainian SSR', 'UA'), ('the Ukraine', 'UA'), ('Republic of Uganda', 'UG'),
    ('Uganda', 'UG'), ('America', 'US'), ('U.S.', 'US'), ('U.S.A.', 'US'), ('US', 'US'),
    ('USA', 'US'), ('United States', 'US'), ('United States of America', 'US'),
    ('the States', 'US'), ('Oriental Republic of Uruguay', 'UY'), ('Uruguay', 'UY'),
    ('Republic of Uzbekistan', 'UZ'), ('Uzbekistan', 'UZ'), ('Uzbekstan', 'UZ'), ('Holy See', 'VA'),
    ('Vatican', 'VA'), ('Vatican City', 'VA'), ('Vatican City State', 'VA'), ('the Vatican', 'VA'),
    ('Saint Vincent and the Grenadines', 'VC'), ('St Vincent and the Grenadines', 'VC'),
    ('St. Vincent and the Grenadines', 'VC'), ('Bolivarian Republic of Venezuela', 'VE'),
    ('Republic of Venezuela', 'VE'), ('Venezuela', 'VE'), ('Democratic Republic of Vietnam', 'VN'),
    ('North Vietnam', 'VN'), ('Socialist Republic of Vietnam', 'VN'), ('Viet Nam', 'VN'),
    ('Vietnam', 'VN'), ('New Hebrides', 'VU'), ('Republic of Vanuatu', 'VU'), ('Vanuatu', 'VU'),
    ('Independent State of Samoa', 'WS'), ('Samoa', 'WS'), ('Western Samoa', 'WS'),
    ('Kosova', 'XK'), ('Kosovo', 'XK'), ('Kosovo and Metohija', 'XK'), ('Republic of Kosovo', 'XK'),
    ('Republic of Yemen', 'YE'), ('Yemen', 'YE'), ('R.S.A.', 'ZA'), ('RSA', 'ZA'),
    ('Republic of South Africa', 'ZA'), ('South Africa', 'ZA'), ('Northern Rhodesia', 'ZM'),
    ('Republic of Zambia', 'ZM'), ('Zambia', 'ZM'), ('Republic of Zimbabwe', 'ZW'),
    ('Zimbabwe', 'ZW');

CREATE INDEX events_by_place ON events (place_report, place);
CREATE INDEX reports_by_source ON reports (source);
CREATE INDEX reports_by_name ON reports (name);
CREATE INDEX claims_by_cameo ON claims (cameo);
CREATE INDEX claims_by_mode ON claims (mode) WHERE mode IS NOT NULL;
CREATE INDEX claims_by_status ON claims (status) WHERE status <> 'asserted';

-- ---------------------------------------------------------------- sheets for other programs
-- Flat views for R, pandas and QGIS, with the ids that annals prints; docs/record.md tells of each.

-- A key as annals prints it: thirteen digits of Crockford's base 32, here for every key there is.
CREATE VIEW printed_events AS
    SELECT event, 'e' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event & 31) + 1, 1) AS id
    FROM events;
CREATE VIEW printed_claims AS
    SELECT claim, 'c' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim & 31) + 1, 1) AS id
    FROM claims;
CREATE VIEW printed_reports AS
    SELECT report, 'r' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report & 31) + 1, 1) AS id
    FROM reports;

-- One row an event; its place is the one that most reports name.
CREATE VIEW events_sheet AS
    SELECT i.id AS event, e.first, e.last, e.plover AS type, p.name AS place, p.admin1, p.country,
           p.geonameid, p.latitude, p.longitude,
           (SELECT group_concat(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'agent' ORDER BY 1)) AS agents,
           (SELECT group_concat(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'patient' ORDER BY 1)) AS patients,
           (SELECT count(*) FROM event_claims l WHERE l.event = e.event) AS claims,
           (SELECT count(DISTINCT c.report) FROM event_claims l JOIN claims c USING (claim)
            WHERE l.event = e.event) AS reports,
           (SELECT min(r.published) FROM event_claims l JOIN claims c USING (claim)
            JOIN reports r ON r.report = c.report WHERE l.event = e.event) AS first_reported
    FROM events e
    JOIN printed_events i ON i.event = e.event
    LEFT JOIN places p ON p.report = e.place_report AND p.place = e.place;

-- One row a figure of a claim: how many of what, low and high, and according to whom.
CREATE VIEW counts_sheet AS
    SELECT ci.id AS claim, ei.id AS event, ri.id AS report, r.source, r.published, c.first, c.last,
           p.name AS place, p.admin1, p.country, p.latitude, p.longitude,
           n.what, n.who, n.low, n.high, c.status,
           (SELECT group_concat(name, '; ') FROM (
               SELECT a.name FROM according_to s
               JOIN actors a ON a.report = c.report AND a.actor = s.actor
               WHERE s.claim = c.claim ORDER BY s.number)) AS according_to,
           t.sentence
    FROM counts n
    JOIN claims c ON c.claim = n.claim
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    JOIN printed_claims ci ON ci.claim = c.claim
    JOIN printed_reports ri ON ri.report = c.report
    LEFT JOIN event_claims l ON l.claim = c.claim
    LEFT JOIN printed_events ei ON ei.event = l.event
    LEFT JOIN places p ON p.report = c.report AND p.place = c.place;

-- One row a speaker of a claim, innermost first (`number` 0).
CREATE VIEW speakers_sheet AS
    SELECT ci.id AS claim, s.number, a.identity AS actor, a.name AS speaker, a.kind, a.type, a.code,
           CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) AS words,
           r.source, r.published, c.first, c.last, c.plover AS type_of_event, c.status, t.sentence
    FROM according_to s
    JOIN claims c ON c.claim = s.claim
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    JOIN printed_claims ci ON ci.claim = c.claim
    LEFT JOIN actors a ON a.report = c.report AND a.actor = s.actor;

-- One row a claim that an actor takes part in or speaks in: to be counted and joined.
CREATE VIEW actors_sheet AS
    SELECT a.identity AS actor, a.name, a.kind, a.type, a.code, a.country, x.role,
           ci.id AS claim, c.first, c.last, c.plover, c.status, r.source, r.published
    FROM (SELECT claim, role, actor FROM participants
          UNION ALL SELECT claim, 'speaker', actor FROM according_to
          UNION ALL SELECT claim, 'holder', control_holder FROM claims) x
    JOIN claims c ON c.claim = x.claim
    JOIN actors a ON a.report = c.report AND a.actor = x.actor
    JOIN reports r ON r.report = c.report
    JOIN printed_claims ci ON ci.claim = c.claim;
