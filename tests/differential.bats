# The explorer's data races against ThreadSanitizer's on the same schedules (tests/differential): every
# lesson and every program that both can run. ThreadSanitizer keeps four accesses of a word and lets a
# relaxed store of another thread pass for a part of the release sequence, so it may miss a race of a
# program that has one; it must never see one that the explorer does not. SEEDS=50 bats tests/differential.bats compares
# more schedules of each program.

load helper
load lesson_programs

setup_file() {
    export compared=$BATS_FILE_TMPDIR/compared project
    project=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
    mkdir "$compared"
    make -C "$project" build/linked/explorer.o build/linked/explorer_tsan.o
    export -f compare
    cd "$project" || return
    { course && programs; } | share | xargs -P "$(nproc)" -d '\n' -I{} bash -c 'compare {}'
}

# A line for each program: its name, its arguments and the compiler's flags, each as one word, and its files.
course() {
    local lesson program files
    lesson_programs correct broken exercise solution | while read -r lesson program files; do
        echo "${files%% *} '$(arguments "$lesson" "$program" | xargs)' '-Ilessons/$lesson$(value "$lesson" "$(section_of "$program")" libs)' $files"
    done
}

# Of the others, for the sake of time, those in which races or their absence are the matter.
programs() {
    local program
    for program in tests/programs/${ONLY:-*}; do
        [[ $ONLY ]] || grep -qrE 'atomic|data-race|__sync|pthread_(rwlock|barrier|once|spin)' "$program" || continue
        [[ -d $program ]] && echo "$program '' ''" "$program"/*.c || echo "$program '' '' $program"
    done
}

# compare NAME ARGUMENTS FLAGS FILE…
compare() {
    local name=${1//\//.}
    arguments=$2 flags=$3 "$project/tests/differential" "$1" "${SEEDS:-10}" "$BATS_FILE_TMPDIR/$name" "${@:4}" >"$compared/$name" 2>"$compared/$name.err" ||
        echo "{\"program\":\"$1\",\"failed\":true}" >"$compared/$name"
    rm -r "${BATS_FILE_TMPDIR:?}/$name"
}

# none LIST: no program has schedules in that list.
none() {
    jq -r --arg list "$1" 'select((.[$list] // []) != []) | .[$list][0] as $first
        | "\(.program): \(.[$list] | length) of \(.schedules), such as seed \($first.seed):",
          "    the explorer: \($first.operations[0]) operations, \($first.ends[0]), races \($first.explorer | tojson)",
          "    ThreadSanitizer: \($first.operations[1]) operations, \($first.ends[1]), races \($first.tsan | tojson)"' \
        "$compared"/*[!r] >"$BATS_TEST_TMPDIR/some"
    [[ ! -s $BATS_TEST_TMPDIR/some ]] || fail <"$BATS_TEST_TMPDIR/some"
}

about_the_whole() { [[ ${SHARE:-1/1} == 1/1 ]] || skip "this is about the whole collection: make test-all"; }

@test "every program can be built both ways" {
    run jq -r 'select(.failed) | .program' "$compared"/*[!r]
    assert_output ""
}

# A loop that spins is recognised by what its thread has on its stack, which is not all the program's.
@test "nearly every seed takes the same course under the explorer and under ThreadSanitizer" {
    about_the_whole
    run jq -s 'map(select(.schedules)) | (map(.course | length) | add) * 12 < (map(.schedules) | add)' "$compared"/*[!r]
    assert_output true || none course
}

@test "ThreadSanitizer sees no race on a schedule on which the explorer sees none" { none only_tsan; }

@test "where both see races, they see one at the same access" { none elsewhere; }

@test "the explorer accuses no program of a race that is right" {
    local file
    cd "$project" || return
    for file in "$compared"/*[!r]; do
        grep -rq 'fault: .*data-race' "$(jq -r '.program' "$file")" || cat "$file"
    done | jq -r 'select((.only_explorer // []) != []) | "\(.program): \(.only_explorer[0] | tojson)"' >"$BATS_TEST_TMPDIR/accused"
    [[ ! -s $BATS_TEST_TMPDIR/accused ]] || fail <"$BATS_TEST_TMPDIR/accused"
}

@test "enough is compared, and enough of it races" {
    about_the_whole
    run jq -s '[(map(select(.schedules)) | length), (map(select((.races // 0) > 0)) | length)] | .[0] >= 60, .[1] >= 15' \
        "$compared"/*[!r]
    assert_output "true"$'\n'"true"
}
