-- The questions of questions.cpp in hand-written SQL. {names} are snake_case in PostgreSQL and PascalCase in SQLite;
-- compare.sh writes them out. Money is in cents.

SELECT '# revenue of each genre';
SELECT g.{name}, COALESCE(SUM(CAST(ROUND(l.{unit_price} * 100) AS INTEGER) * l.{quantity}), 0)
FROM {genre} g LEFT JOIN {track} t ON t.{genre_id} = g.{genre_id} LEFT JOIN {invoice_line} l ON l.{track_id} = t.{track_id}
GROUP BY g.{genre_id}, g.{name} ORDER BY g.{genre_id};

SELECT '# tree of employees';
WITH RECURSIVE tree AS (
  SELECT 0 AS level, e.{employee_id} AS id, e.{last_name} AS last, e.{first_name} AS first, e.{title} AS title,
         CAST(e.{employee_id} + 1000 AS TEXT) AS path
  FROM {employee} e WHERE e.{reports_to} IS NULL
  UNION ALL
  SELECT tree.level + 1, e.{employee_id}, e.{last_name}, e.{first_name}, e.{title},
         tree.path || '/' || CAST(e.{employee_id} + 1000 AS TEXT)
  FROM {employee} e JOIN tree ON e.{reports_to} = tree.id)
SELECT level, last, first, title FROM tree ORDER BY path;

SELECT '# playlists with their tracks';
SELECT line1, line2, line3, line4 FROM (
  SELECT p.{playlist_id} AS list, 0 AS position, CAST(p.{playlist_id} AS TEXT) AS line1, p.{name} AS line2,
         CAST(COUNT(t.{track_id}) AS TEXT) AS line3, CAST(COALESCE(SUM(t.{milliseconds}), 0) AS TEXT) AS line4
  FROM {playlist} p LEFT JOIN {playlist_track} pt ON pt.{playlist_id} = p.{playlist_id}
       LEFT JOIN {track} t ON t.{track_id} = pt.{track_id}
  GROUP BY p.{playlist_id}, p.{name}) AS totals ORDER BY list;
SELECT list, position, track, album FROM (
  SELECT pt.{playlist_id} AS list, t.{name} AS track, a.{title} AS album,
         ROW_NUMBER() OVER (PARTITION BY pt.{playlist_id} ORDER BY pt.{track_id}) AS position
  FROM {playlist_track} pt JOIN {track} t ON t.{track_id} = pt.{track_id} JOIN {album} a ON a.{album_id} = t.{album_id}) AS numbered
WHERE position <= 3 ORDER BY list, position;

SELECT '# customers whose every invoice exceeds';
SELECT 'above', 98, COUNT(*) FROM (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 0.98) AS c;
SELECT c.{customer_id}, c.{last_name} FROM {customer} c
WHERE c.{customer_id} IN (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 0.98) ORDER BY 1;
SELECT 'above', 100, COUNT(*) FROM (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 1) AS c;
SELECT c.{customer_id}, c.{last_name} FROM {customer} c
WHERE c.{customer_id} IN (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 1) ORDER BY 1;
SELECT 'above', 500, COUNT(*) FROM (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 5) AS c;
SELECT c.{customer_id}, c.{last_name} FROM {customer} c
WHERE c.{customer_id} IN (SELECT {customer_id} FROM {invoice} GROUP BY {customer_id} HAVING MIN({total}) > 5) ORDER BY 1;
SELECT c.{customer_id}, c.{last_name} FROM {customer} c WHERE NOT EXISTS (
  SELECT 1 FROM {invoice} i WHERE i.{customer_id} = c.{customer_id} AND i.{total} <= 5 AND i.{invoice_date} >= '2025-06-01 00:00:00')
ORDER BY 1;

SELECT '# artists without albums';
SELECT r.{artist_id}, r.{name} FROM {artist} r LEFT JOIN {album} a ON a.{artist_id} = r.{artist_id}
WHERE a.{album_id} IS NULL ORDER BY 1;

SELECT '# newest five invoices of each customer';
SELECT customer, invoice, day, amount FROM (
  SELECT c.{customer_id} AS customer, c.{last_name} AS name, i.{invoice_id} AS invoice,
         SUBSTR(CAST(i.{invoice_date} AS TEXT), 1, 10) AS day, CAST(ROUND(i.{total} * 100) AS INTEGER) AS amount,
         ROW_NUMBER() OVER (PARTITION BY c.{customer_id} ORDER BY i.{invoice_date} DESC, i.{invoice_id} DESC) AS position
  FROM {customer} c JOIN {invoice} i ON i.{customer_id} = c.{customer_id}) AS numbered
WHERE position <= 5 ORDER BY name, customer, position;

SELECT '# albums with the most tracks';
SELECT a.{title}, r.{name}, COUNT(*) FROM {album} a JOIN {artist} r ON r.{artist_id} = a.{artist_id}
JOIN {track} t ON t.{album_id} = a.{album_id}
GROUP BY a.{album_id}, a.{title}, r.{name} ORDER BY COUNT(*) DESC, a.{album_id} LIMIT 12;

SELECT '# customers with their chain of support';
SELECT c.{first_name}, c.{country}, c.{company}, e.{first_name}, m.{first_name} FROM {customer} c
LEFT JOIN {employee} e ON e.{employee_id} = c.{support_rep_id} LEFT JOIN {employee} m ON m.{employee_id} = e.{reports_to}
ORDER BY e.{last_name}, c.{country} DESC, c.{customer_id};

SELECT '# long tracks that nobody bought';
SELECT (SELECT COUNT(*) FROM {track} t LEFT JOIN {genre} g ON g.{genre_id} = t.{genre_id}
        JOIN {album} a ON a.{album_id} = t.{album_id}
        WHERE t.{milliseconds} >= 300000 AND NOT EXISTS (SELECT 1 FROM {invoice_line} l WHERE l.{track_id} = t.{track_id})
          AND (LOWER(t.{composer}) LIKE '%page%' OR t.{composer} IS NULL OR g.{name} IN ('Jazz', 'Blues'))
          AND SUBSTR(t.{name}, 1, 4) <> 'The ' AND a.{title} <> 'Unplugged'),
       (SELECT COUNT(*) FROM {track} t
        WHERE t.{milliseconds} >= 300000 AND NOT EXISTS (SELECT 1 FROM {invoice_line} l WHERE l.{track_id} = t.{track_id}));
SELECT SUM(t.{track_id}) FROM {track} t LEFT JOIN {genre} g ON g.{genre_id} = t.{genre_id}
JOIN {album} a ON a.{album_id} = t.{album_id}
WHERE t.{milliseconds} >= 300000 AND NOT EXISTS (SELECT 1 FROM {invoice_line} l WHERE l.{track_id} = t.{track_id})
  AND (LOWER(t.{composer}) LIKE '%page%' OR t.{composer} IS NULL OR g.{name} IN ('Jazz', 'Blues'))
  AND SUBSTR(t.{name}, 1, 4) <> 'The ' AND a.{title} <> 'Unplugged';

SELECT '# playlists with both rock and metal';
SELECT p.{playlist_id}, p.{name} FROM {playlist} p WHERE p.{playlist_id} IN (
  SELECT pt.{playlist_id} FROM {playlist_track} pt JOIN {track} t ON t.{track_id} = pt.{track_id}
  JOIN {genre} g ON g.{genre_id} = t.{genre_id} WHERE g.{name} = 'Rock')
AND p.{playlist_id} IN (
  SELECT pt.{playlist_id} FROM {playlist_track} pt JOIN {track} t ON t.{track_id} = pt.{track_id}
  JOIN {genre} g ON g.{genre_id} = t.{genre_id} WHERE g.{name} = 'Metal') ORDER BY 1;

SELECT '# pages of invoices';
SELECT {invoice_id}, CAST(ROUND({total} * 100) AS INTEGER) FROM (
  SELECT {invoice_id}, {total} FROM {invoice} ORDER BY {total} DESC, {invoice_id} LIMIT 40) AS pages
ORDER BY {total} DESC, {invoice_id};
SELECT DISTINCT {billing_country} FROM {invoice} ORDER BY 1;
