# Two judges of the same schedules. Prints
#   {program, schedules, agree: n, course, only_tsan, only_explorer, elsewhere: [{seed, …}]}
# or {program, skipped: why}.

def lines_of: split("\n") | map(select(. != "") | split(" ") | {key: .[0], value: .[1]}) | from_entries;
def known: select(. and (startswith("??") | not));
def line($lines): $lines[tostring] | known;

# The races of a schedule, each as its two lines. A call of the library stands for the line that makes it.
def races($lines):
    [.said[] | select(.fault == "data-race")
        | [if .earlier then (.earlier, .later | first(.[] | line($lines)) // "?") else (.parts[].place | line($lines)) end]
        | sort] | unique;

# What follows on a fault that ends the explorer's schedule, ThreadSanitizer sees alone.
def is_whole: all(.said[].fault; IN("use-after-free", "double-free", "stack-escape") | not);

($explorer_lines | lines_of) as $own | ($tsan_lines | lines_of) as $theirs
| [$explorer, $tsan] | transpose
| if any(.[]; .[0] == null or .[1] == null) then {skipped: "a run was too slow"}
  elif any(.[][0]; .end == "unavailable") then {skipped: first(.[][0].said[].unavailable // empty)}
  else
    map({seed: .[0].seed, whole: (.[0] | is_whole),
         same: (.[0].operations == .[1].operations and .[0].end == .[1].end),
         operations: map(.operations), ends: map(.end),
         explorer: (.[0] | races($own)), tsan: (.[1] | races($theirs))})
    | {schedules: length,
       course: map(select(.whole and (.same | not))),
       only_tsan: map(select(.whole and .explorer == [] and .tsan != [])),
       only_explorer: map(select(.explorer != [] and .tsan == [])),
       elsewhere: map(select(.explorer != [] and .tsan != [] and (.tsan | flatten) - (.explorer | flatten) != []))}
    | .agree = .schedules - (.only_tsan + .only_explorer | length)
  end
| {program: $program} + .
