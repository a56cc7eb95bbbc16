# Shared by the tests of `interleave grade`: a course of two exercises, submissions that are decided in no
# time, and what stands in the output directory.

# shellcheck disable=SC2154,SC2034  # interleave is set by helper.bash; grader is for the tests

grading_setup() {
    own_harness
    new_exercise 07-votes
    new_exercise 08-tally
    mkdir class
}

# grade ARGUMENT...: without the sandbox, which has tests of its own.
grade() { run --separate-stderr "$interleave" grade --lessons lessons --out out --unsafe-no-sandbox "$@"; }

start_grading() { # ARGUMENT...: in the background
    "$interleave" grade --lessons lessons --out out --unsafe-no-sandbox --jobs 2 "$@" >grading.out 2>grading.err 3>&- &
    grader=$!

}

shipped() { # FILE...: each as it was shipped, with the directories above it
    local file
    for file; do
        mkdir -p "$(dirname "$file")" && cp lessons/07-votes/exercise.c "$file"
    done
}

broken() { # FILE WORD...: does not compile; the words make it differ from others
    mkdir -p "$(dirname "$1")" && printf 'int x = ; // %s\n' "${*:2}" >"$1"
}

# A compiler that, for a student's file, leaves a line in `held` and waits until the file is let through.
slow_compiler() {
    export INTERLEAVE_CC=$PWD/slow-clang
    mkdir through
    cat >slow-clang <<E
#!/bin/bash
for word; do
    [[ \$word != *exercise.c ]] || file=$PWD/through/\$(sha256sum <"\$word" | cut -c 1-64)
done
[[ ! \$file ]] || echo \$\$ >>$PWD/held
while [[ \$file && ! -e \$file ]]; do
    sleep 0.02
    flock 9
    [[ ! -s $PWD/go ]] || ((\$(ls $PWD/through | wc -l) >= \$(<$PWD/go))) || touch "\$file"
    flock -u 9
done 9>>$PWD/turn
exec clang "\$@"
E
    chmod +x slow-clang
}

# let_through [COUNT]: so many different files, with those that are through already; or all.
let_through() { echo "${1:-1000}" >go; }

# What is to be judged, a line each: student, lesson, file.
pairs() { jq -r 'select(.worklist | not) | "\(.student) \(.lesson) \(.file)"' out/worklist.jsonl; }
ids() { jq -r 'select(.worklist | not) | .id' out/worklist.jsonl; }
names_shown() { jq -r 'select(.worklist | not) | .student' out/worklist.jsonl; }
keys() { jq -r 'select(.key) | .key' out/worklist.jsonl; }
trouble() { jq -r 'select(.trouble) | "\(.file): \(.trouble)"' out/worklist.jsonl; }
unrecognised() { jq -r 'select(.student | not) | "\(.path): \(.why)"' out/unrecognised.jsonl; }
absent() { jq -r 'select(.student) | "\(.student): \(.why)"' out/unrecognised.jsonl; }
records() { find out/records -name '*.json' 2>/dev/null | wc -l; }

record_of() { # STUDENT LESSON
    local key
    key=$(jq -r "select(.student == \"$1\" and .lesson == $2) | .key" out/worklist.jsonl)
    cat "out/records/${key:0:2}/$key.json"
}

verdict_of() { record_of "$@" | jq -r .verdict; }

assert_pairs() { assert_equal "$(pairs)" "$(printf '%s\n' "$@")"; }
