# The programs of the lessons are C11 and POSIX to more than one compiler, and are the same program with NDEBUG.
# All tests go over lessons/*/, so a new lesson is covered without a change here.

load helper
load lesson_programs

setup() {
    own_harness
    cp -r "$project/lessons" "$project/solutions" .
    mapfile -t compilers < <(for name in clang gcc $(compgen -c clang- | grep -xE 'clang-[0-9]+'); do
        realpath "$(type -P "$name")"
    done | sort -u)
    for lesson in lessons/[0-9][0-9]-*/; do [[ -d $lesson ]] || fail "there are no lessons"; done
}

# compile COMPILER LESSON FILE: with all the warnings that there are, as errors. Only gcc finds some of them
# while it optimises.
compile() {
    local goal=-fsyntax-only
    [[ $1 != *gcc* ]] || goal="-O2 -c -o /dev/null"
    # shellcheck disable=SC2086  # words
    "$1" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -pthread \
        -Ilessons "-Ilessons/$2" $goal "$3" || echo "$1 rejects $3"
}

@test "every program of every lesson compiles without a warning: by clang, by gcc and by the newest clang" {
    apt-cache show clang-19 &>/dev/null && [[ " ${compilers[*]}" != *-19/* ]] && fail "clang-19 is not here; scripts/setup test installs it"
    local compiler lesson program sources
    for compiler in "${compilers[@]}"; do
        lesson_programs correct broken exercise solution | while read -r lesson program sources; do
            for source in $sources; do echo "$compiler $lesson $source"; done
        done
        for source in lessons/lib/*.c; do echo "$compiler lib $source"; done
    done | sort -u >all
    (($(wc -l <all) >= 2 * ${#compilers[@]} * $(lesson_programs correct | wc -l))) || fail "only $(wc -l <all) files"
    export -f compile
    share <all >work
    run xargs -P "$(nproc)" -L 1 bash -c 'compile "$@"' compile <work
    assert_output ""
}

# do_the_same PROGRAM: of every lesson, built with NDEBUG and optimised, as it is told by `outcome`
do_the_same() {
    local lesson program sources failed=""
    while read -r lesson program sources; do
        # shellcheck disable=SC2046,SC2086  # words
        clang -std=c11 -D_POSIX_C_SOURCE=200809L -DNDEBUG -O2 -pthread -Ilessons "-Ilessons/$lesson" $sources \
            -o program $(value "$lesson" "$(section_of "$program")" libs) &&
            timeout 60 ./program $(arguments "$lesson" "$program") >printed 2>errors && "right_$program" "$lesson" || failed+="$lesson/$program: $(<printed)$(<errors)"$'\n'
    done < <(lesson_programs "$1")
    [[ -z $failed ]] || fail "$failed"
}

right_correct() {
    local sorted=cat
    [[ $(value "$1" correct.c order) != *any* ]] || sorted=sort
    diff <($sorted "lessons/$1/expected.txt") <($sorted printed) >&2
}

right_solution() { [[ ! -s printed && ! -s errors ]]; }

@test "with NDEBUG and optimised every correct program does the same" { do_the_same correct; }

@test "with NDEBUG and optimised every solution satisfies its driver" { do_the_same solution; }
