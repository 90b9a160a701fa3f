#!/usr/bin/env bash
# usage: compare.sh postgresql|sqlite PROGRAM DATA
# Loads the chinook script of DATA unchanged, answers the questions with PROGRAM and with hand-written SQL, compares.
# PostgreSQL: on the server of $LAMINA_TEST_POSTGRESQL_URL, in a database called chinook, which the script makes.
set -euo pipefail
database=$1 program=$2 data=$3
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -d "$data" ]; then
  echo "skipped: the chinook scripts are not in $data"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $database in
  postgresql)
    url=$(printf '%s' "$LAMINA_TEST_POSTGRESQL_URL" | sed -E 's#^([a-z]+://[^/]*/)[^?]*#\1chinook#')
    psql -q -X -v ON_ERROR_STOP=1 "$LAMINA_TEST_POSTGRESQL_URL" -f "$data/Chinook_PostgreSql.sql" > /dev/null
    sed -E 's/\{([a-z_]+)\}/\1/g' "$here/questions.sql" | psql -q -X -A -t -v ON_ERROR_STOP=1 "$url" > "$work/expected"
    ;;
  sqlite)
    url=$work/chinook.db
    sqlite3 -bail "$url" < "$data/Chinook_Sqlite.sql" > /dev/null
    sed -E ':word; s/\{([A-Za-z]*)_([a-z])/{\1\u\2/; t word; s/\{([a-z])([A-Za-z]*)\}/"\u\1\2"/g' "$here/questions.sql" |
      sqlite3 -bail "$url" > "$work/expected"
    ;;
esac

"$program" "$url" > "$work/actual"
diff -u "$work/expected" "$work/actual"
echo "$(grep -c '^#' "$work/actual") questions, $(wc -l < "$work/actual") lines, all equal"
