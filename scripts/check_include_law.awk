# The checks of scripts/check_include_law, over the files named in `list`. Paths are relative to the root.

function fail(file, line, text) {
  printf "%s:%d: error: %s\n", file, line, text
  ++failures
}

# ---- the law as data ----

function read_law(    text, section, room, rest, n, i, uses) {
  while ((getline text < law) > 0) {
    ++law_line
    if (text ~ /^#/ || text ~ /^[ \t]*$/) continue
    if (text ~ /^\[[a-z]+\]$/) {
      section = substr(text, 2, length(text) - 2)
      continue
    }
    room = text
    sub(/:.*/, "", room)
    rest = text
    sub(/^[^:]*:/, "", rest)
    n = split(rest, uses, /[ \t]+/)
    if (section == "headers") {
      gsub(/[ \t]/, "", rest)
      header_room[room] = rest
      continue
    }
    if (section != "tests") {
      kind[room] = section
      rooms[++room_count] = room
      may[room, room] = 1
    }
    for (i = 1; i <= n; ++i) {
      if (uses[i] == "") continue
      if (!(uses[i] in kind)) {
        fail(law, law_line, "`" room "` may use `" uses[i] "`, which is not a room of an earlier line (arrows point up the list only)")
      } else if (section == "runtime" && kind[uses[i]] != "runtime") {
        fail(law, law_line, "`" room "` ships and may not use the tool room `" uses[i] "`")
      }
      if (section != "tests") may[room, uses[i]] = 1
    }
  }
  close(law)
  if (room_count == 0) {
    print "check_include_law: no law in " law
    exit_code = 2
    exit
  }
}

# `path prefix | reason`
function read_allowed_names(    text, n, part) {
  while ((getline text < names) > 0) {
    if (text ~ /^#/ || text ~ /^[ \t]*$/) continue
    n = split(text, part, /[ \t]*\|[ \t]*/)
    if (n < 2 || part[2] == "") {
      print names ": error: a reason is missing: " text
      ++failures
      continue
    }
    allowed[++allowed_count] = part[1]
  }
  close(names)
}

# The longest room that a path (relative to a root of rooms) lies in.
function room_of(path,    i, best) {
  best = ""
  if (path in header_room) return header_room[path]
  for (i = 1; i <= room_count; ++i)
    if (index(path, rooms[i] "/") == 1 && length(rooms[i]) > length(best)) best = rooms[i]
  return best
}

function room_of_file(path) {
  if (sub(/^runtime\/include\/lamina\//, "", path) || sub(/^runtime\/src\//, "", path) || sub(/^tool\//, "", path)) return room_of(path)
  return ""
}

# ---- one file ----

function directory_of(path) {
  sub(/\/[^\/]*$/, "", path)
  return path
}

function database_room(room) { return room ~ /^(sql|drivers|providers)\/[a-z]+$/ || room == "cli" }

function names_allowed(path,    i) {
  for (i = 1; i <= allowed_count; ++i)
    if (index(path, allowed[i]) == 1) return 1
  return 0
}

# The code of a line: without // and /* */ comments (strings that hold comment marks are rare enough to be read as comments).
function code_of(text,    start, end, before) {
  if (in_comment) {
    end = index(text, "*/")
    if (!end) return ""
    text = substr(text, end + 2)
    in_comment = 0
  }
  while (1) {
    start = index(text, "/*")
    end = index(text, "//")
    if (end && (!start || end < start) && substr(text, end - 1, 1) != ":") return substr(text, 1, end - 1)
    if (!start) return text
    before = substr(text, 1, start - 1)
    text = substr(text, start + 2)
    end = index(text, "*/")
    if (!end) {
      in_comment = 1
      return before
    }
    text = before " " substr(text, end + 2)
  }
}

function check_include(path, line, room, text,    angled, target, other, beside) {
  if (!match(text, /[<"][^>"]+[>"]/)) return
  angled = substr(text, RSTART, 1) == "<"
  target = substr(text, RSTART + 1, RLENGTH - 2)

  if (target ~ /^(libpq-fe|libpq\/|pq|pg_config|postgres_ext|sqlite3|mysql|mariadb|openssl\/)/ && target !~ /^lamina\//) {
    # The driver's private headers count as its bodies: nobody else can include them.
    if (path !~ /^runtime\/src\/drivers\/[a-z]+\//)
      fail(path, line, "client library header <" target "> may be included in runtime/src/drivers/<db> only")
    return
  }
  if (path ~ /^runtime\/include\// && angled && target !~ /\//) {
    if (target in forbidden && !(target == "chrono" && path ~ /\/value\/chrono\.hpp$/))
      fail(path, line, "<" target "> is forbidden in public headers: it costs every user compile time")
    if (target ~ /^(windows|Windows|winsock|WinSock)/) fail(path, line, "Windows headers are forbidden in public headers")
  }

  beside = directory_of(path) "/" target
  if (!angled && (beside in exists)) {
    other = room_of_file(beside)
  } else if (target ~ /^lamina\//) {
    sub(/^lamina\//, "", target)
    other = room_of(target)
    if (other == "") fail(path, line, "<lamina/" target "> is in no room of the include law")
  } else if (!angled) {
    other = room_of(target)
    if (other == "") fail(path, line, "\"" target "\" is neither beside this file nor in a room of the include law")
  } else {
    return
  }
  if (other == "") return
  if (kind[room] == "runtime" && kind[other] == "tool")
    fail(path, line, "runtime/ may never include tool/ (`" other "`)")
  else if (!((room, other) in may))
    fail(path, line, "room `" room "` may not include room `" other "`")
  if (other ~ /^drivers\// && kind[other] == "runtime") uses_driver[room] = 1
}

function check_file(path,    room, text, line, code) {
  room = room_of_file(path)
  if (room == "") {
    fail(path, 1, "this file is in no room of the include law")
    return
  }
  in_comment = 0
  line = 0
  while ((getline text < path) > 0) {
    ++line
    code = code_of(text)
    if (code ~ /^[ \t]*#[ \t]*include/) {
      check_include(path, line, room, code)
    } else if (tolower(code) ~ /postgres|sqlite|mysql|mariadb/ && !database_room(room) && !names_allowed(path)) {
      fail(path, line, "room `" room "` names a database: " text)
    }
  }
  close(path)
}

BEGIN {
  split("iostream regex filesystem future thread functional ranges chrono memory", headers, " ")
  for (i in headers) forbidden[headers[i]] = 1
  read_law()
  read_allowed_names()
  while ((getline path < list) > 0) {
    files[++file_count] = path
    exists[path] = 1
  }
  for (i = 1; i <= file_count; ++i) check_file(files[i])
  if (failures) {
    printf "%d breach%s of the include law (%s)\n", failures, failures == 1 ? "" : "es", law
    exit 1
  }
  printf "the include law holds: %d files in %d rooms\n", file_count, room_count
  exit exit_code
}
