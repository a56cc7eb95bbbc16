# Two judges of the same schedules: prints {program, schedules, …} with a list of the schedules on which
#   course         they did not go the same way, so that the races are not compared
#   only_tsan      ThreadSanitizer alone saw a race
#   only_explorer  the explorer alone did
#   elsewhere      both did, and not once at the same later access
# or {program, skipped: why}; without $tsan, only that or nothing.

def lines_of: split("\n") | map(select(. != "") | split(" ") | {key: .[0], value: .[1]}) | from_entries;
# Of the program: the runtimes have no lines.
def line($lines): $lines[tostring] | select(. and test(":[0-9]+$"));

# The races of a schedule, each as the lines of the earlier and the later access. The explorer knows the last
# write before the later access; ThreadSanitizer may name an earlier one, of another thread even. A call of a
# library stands for the line that makes it; a race of which no access is the program's is none of its own.
def races($lines):
    [.said[] | select(.fault == "data-race")
        | [if .earlier then (.earlier, .later | first(.[] | line($lines)) // "?") else (.parts[].place | line($lines)) end]
        | select(. != ["?", "?"])] | unique;

def later($races): $races | map(.[1]);

# After these the explorer's schedule ends, and ThreadSanitizer's goes on.
def is_whole: all(.said[].fault; IN("use-after-free", "double-free", "stack-escape", "crash") | not);

def cannot_run:
    if any(.end == "unavailable") then first(.[].said[].unavailable // empty)
    elif any(.end == "died" or any(.said[]; .fault == "timeout")) then "it does what is not modelled"
    else null end;

def compare($own; $theirs):
    map({seed: .[0].seed, whole: (.[0] | is_whole),
         same: (.[0].operations == .[1].operations and .[0].end == .[1].end), operations: map(.operations), ends: map(.end),
         explorer: (.[0] | races($own)), tsan: (.[1] | races($theirs))})
    | {schedules: length,
       races: map(select(.explorer != [] and .tsan != [])) | length,
       course: map(select(.whole and (.same | not))),
       only_tsan: map(select(.same and .explorer == [] and .tsan != [])),
       only_explorer: map(select(.same and .explorer != [] and .tsan == [])),
       elsewhere: map(select(.same and .explorer != [] and .tsan != [] and
                             later(.tsan) - later(.explorer) == later(.tsan)))};

($explorer | cannot_run) as $why
| if $why then {skipped: $why}
  elif $tsan == [] then empty
  else [$explorer, $tsan] | transpose | map(select(all(.[]; .))) # the slower one may have had no time for all
    | compare($explorer_lines | lines_of; $tsan_lines | lines_of)
  end
| {program: $program} + .
