# An editor knows how every file is compiled, and finds the faults on their lines.

load helper

database=$project/build/compile_commands.json
tasks=$project/.vscode/tasks.json

# A test that needs it must not depend on the order of targets; make does nothing when it is there.
make_database() { make -s -C "${1:-$project}" -o build/interleave build/compile_commands.json; }

# How clangd compiles

@test "the compilation database has each C file that is compiled, of lessons, solutions and harness, once, and no other" {
    make_database
    assert_equal "$(jq -r '.[].file' "$database" | sort)" \
        "$(cd "$project" && printf '%s\n' lessons/*/*.c solutions/*/exercise.c harness/*.c harness/*/*.c harness/*/*/*.c | sort)"
    assert_equal "$(jq -r '[.[].directory] | unique | join("|")' "$database")" "$project"
}

@test "every file compiles with the flags that the database has for it, but for what the compiler must reject" {
    now_and_then
    make_database
    jq -j '.[] | .directory, "\u0000", .file, "\u0000", (.arguments | map(@sh) | join(" ")), "\u0000"' "$database" |
        xargs -0 -n 3 -P "$(nproc)" bash -c 'cd "$1" && eval "$3 -fsyntax-only -o /dev/null" 2>/dev/null || echo "$2"' bash >rejected
    assert_equal "$(sort rejected)" "$(cd "$project" && grep -l '^must-see *= *compiler' lessons/*/lesson.ini |
        while read -r manifest; do
            awk -v directory="${manifest%/*}" '/^\[/ { section = substr($0, 2, index($0, "]") - 2) }
                /^must-see *= *compiler/ { print directory "/" section }' "$manifest"
        done | sort)"
}

@test "the flags of an exercise are those that the harness compiles it with" {
    make_database
    local file command
    cd "$project"
    "$interleave" exercise 3 lessons/03-send-and-sync/exercise.c --keep "$BATS_TEST_TMPDIR/kept" --engines native >/dev/null || true
    command=$(cat "$(find "$BATS_TEST_TMPDIR/kept" -name 'plain-0.o.command')")
    file=lessons/03-send-and-sync/exercise.c
    # Without the environment before the compiler, and what is about the object and its dependencies behind the flags.
    assert_equal "$(jq -r --arg file "$file" '.[] | select(.file == $file) | .arguments[:-2] | join(" ")' "$database")" \
        "$(sed -E "s/^.* (clang )/\1/; s/ -MMD .*//; s|$BATS_TEST_TMPDIR/build/../lessons|$project/lessons|g; s|$BATS_TEST_TMPDIR/lessons|$project/lessons|g" <<<"$command")"
}

@test "the database is valid JSON in a directory whose name has blanks, quotes and backslashes" {
    local odd="$BATS_TEST_TMPDIR/a \"b' \\c" part
    mkdir -p "$odd/build"
    cp -r "$BATS_TEST_TMPDIR"/build/interleave* "$BATS_TEST_TMPDIR/build/linked" "$odd/build"
    for part in Makefile harness lessons solutions scripts; do cp -r "$project/$part" "$odd"; done
    make_database "$odd"
    assert_equal "$(jq -r '[.[].directory] | unique[]' "$odd/build/compile_commands.json")" "$odd"
    assert_equal "$(jq -r 'map(.file) | length' "$odd/build/compile_commands.json")" \
        "$(cd "$project" && printf '%s\n' lessons/*/*.c solutions/*/exercise.c harness/*.c harness/*/*.c harness/*/*/*.c | wc -l)"
    run jq -r '.[] | select(.file == "lessons/07-lock-order/exercise.c").arguments[]' "$odd/build/compile_commands.json"
    assert_line -- "-I$odd/lessons/07-lock-order"
}

@test "what JSON cannot hold is left out of the database, the rest stays valid" {
    touch $'\xe9.c' ok.c
    run --separate-stderr "$interleave" flags --cflags '-O2 -DX="a"' $'\xe9.c' ok.c
    assert_success
    assert_equal "$(jq -c '[.file, .arguments]' <<<"$output")" '["ok.c",["clang","-O2","-DX=\"a\"","-c","ok.c"]]'
    run --separate-stderr "$interleave" flags --cflags $'-O2 -DX=\xe9' ok.c
    assert_success
    assert_output ""
}

@test "the database is made again when a lesson.ini changes, and names no flags when one is wrong" {
    local copy=$BATS_TEST_TMPDIR/copy part
    mkdir -p "$copy/build"
    cp -r "$BATS_TEST_TMPDIR"/build/interleave* "$BATS_TEST_TMPDIR/build/linked" "$copy/build"
    for part in Makefile harness lessons solutions scripts; do cp -r "$project/$part" "$copy"; done
    make_database "$copy"
    sed -i 's/^\[broken.c\]/&\ncflags = -DANOTHER/' "$copy/lessons/02-shared-counter/lesson.ini"
    make_database "$copy"
    assert_equal "$(jq -r '.[] | select(.arguments | index("-DANOTHER")).file' "$copy/build/compile_commands.json")" \
        lessons/02-shared-counter/broken.c
    echo 'nonsense = 1' >>"$copy/lessons/02-shared-counter/lesson.ini"
    run make_database "$copy"
    assert_failure
    assert_output --partial "lesson.ini:"
}

# Lessons by the name of their directory, which is what an editor knows

@test "a lesson is named by its directory as well as by its number" {
    new_exercise 01-test
    run --separate-stderr "$interleave" exercise 01-test --lessons lessons --format gcc --engines tsan
    assert_failure 1
    assert_regex "$output" '^lessons/01-test/exercise\.c:4:5: error: '
    run --separate-stderr "$interleave" exercise 02-test --lessons lessons
    assert_refused "there is no lesson 02-test" "interleave list"
}

# Tasks

task() { jq -c --arg name "Interleave: $1" '.tasks[] | select(.label == $name)' "$tasks"; }

# run_task LABEL FILE: as the editor runs it when FILE is open in the workspace of this test.
run_task() {
    local words=() word directory
    directory=$(dirname "$2")
    while IFS= read -r -d '' word; do
        word=${word//'${fileDirnameBasename}'/${directory##*/}}
        words+=("${word//'${file}'/$2}")
    done < <(task "$1" | jq -j '.command, .args[] | ., "\u0000"')
    run --separate-stderr "${words[@]}"
}

# faults: what the problem matcher of task $1 makes of $output: "file|line|column|severity|code", each once.
faults() {
    python3 - <(task "$1" | jq '.problemMatcher') <(echo "$output") <<'X'
import json, re, sys
matcher = json.load(open(sys.argv[1]))
pattern = matcher["pattern"]
for line in open(sys.argv[2]).read().splitlines():
    match = re.search(pattern["regexp"], line)
    if match:
        assert match[pattern["message"]]
        print("|".join(match[pattern[part]] for part in ("file", "line", "column", "severity", "code")))
X
}

# The workspace of a test: its own lessons, and a harness that finds them.
workspace() {
    rm ../lessons
    new_exercise 01-test
    mv lessons solutions ..
    cd .. || return
}

@test "the files for the editor are JSON, and nothing in them is about one machine" {
    local file
    for file in "$project"/.vscode/*.json; do
        jq -e 'type == "object"' "$file" >/dev/null || fail "$file"
        refute_regex "$(<"$file")" '"/(home|root|tmp|usr)'
    done
}

@test "each task runs make, or a command of the harness" {
    assert_equal "$(jq -r '.tasks[] | (.args | join(" ") | capture("build/interleave (?<c>[a-z]+)").c) // .args[0]' "$tasks" | tr '\n' ' ')" \
        "all exercise lesson check run hint explain watch "
    run "$interleave" --help
    local command
    for command in exercise lesson check run hint; do assert_line --regexp "^  $command "; done
}

@test "judging the exercise of the open file shows the report, and the faults on their lines" {
    workspace
    run_task "judge this exercise" "$PWD/lessons/01-test/exercise.h"
    assert_failure 1
    assert_line --partial "exercise.c  faulty"
    assert_equal "$(faults "judge this exercise" | grep -c "^lessons/01-test/exercise.c|4|5|error|data-race$")" 1
    cp solutions/01-test/exercise.c lessons/01-test/exercise.c
    run_task "judge this exercise" "$PWD/lessons/01-test/drive.c"
    assert_success
    assert_line "Exercise 1 is solved."
    assert_equal "$(faults "judge this exercise")" ""
}

@test "running and checking the lesson of the open file: what is broken on purpose is no error" {
    workspace
    run_task "run this lesson" "$PWD/lessons/01-test/broken.c"
    assert_success
    assert_line "Lesson 1: A test"
    assert_regex "$(faults "run this lesson")" '^lessons/01-test/broken.c\|[0-9]+\|5\|note\|data-race'
    refute_regex "$(faults "run this lesson")" error
    run_task "check this lesson" "$PWD/lessons/01-test/broken.c"
    assert_success
    assert_equal "$(faults "check this lesson")" ""
}

@test "judging the open file alone, whatever its name" {
    workspace
    mkdir -p 'my work'
    cp lessons/01-test/broken.c 'my work/it is: "mine" $(x).c'
    run_task "judge this file" "$PWD/my work/it is: \"mine\" \$(x).c"
    assert_failure 1
    assert_regex "$(faults "judge this file")" '(^|'$'\n'')my work/it is: "mine" \$\(x\)\.c\|7\|5\|error\|data-race'
}

@test "a directory that is no lesson is refused in words, and never run as a command" {
    workspace
    mkdir '$(touch oops)'
    run_task "judge this exercise" "$PWD/\$(touch oops)/x.c"
    assert_failure 2
    assert_says 'there is no lesson $(touch oops)'
    assert_file_not_exists oops
}
