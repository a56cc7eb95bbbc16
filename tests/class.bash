# A small class for the tests of what splits its grading: right and wrong repairs, each in a file of its own.

# small_class DIRECTORY: four students, two lessons, eight pairs; and one file that nobody can take for one.
small_class() {
    local student lesson number=0 source
    for student in ann bob "o'brien \$x" "-zoë"; do
        for lesson in 02-shared-counter 07-lock-order; do
            mkdir -p "$1/$student/$lesson"
            # The first two have solved it, the third only the first lesson, the last one neither.
            source=("$project/solutions/$lesson/exercise.c" "$project/tests/submissions/$lesson"/wrong-*.c)
            ((number < 5)) || source=("${source[1]}")
            { cat "${source[0]}" && echo "/* hand-in $((number += 1)) */"; } >"$1/$student/$lesson/exercise.c"
        done
    done
    echo "notes" >"$1/ann/notes.txt"
}

# The records of a grading, without what differs from time to time: how long it took, and which engine met
# which schedule first.
records() { # OUT
    find "$1/records" -name '*.json' -print0 | xargs -0 -r jq -cS '{key, lesson, slug, submission, verdict, reason,
        sandbox, unsafe, judgements: [.judgements[] | {driver, private, verdict: .program.verdict,
            kinds: ([.program.faults[]?.kind] | unique)}]}' | sort
}
