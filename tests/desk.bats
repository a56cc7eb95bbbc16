# What a student has reached outlives everything, and nothing that he wrote is lost; hints, the reference and the
# shipped file are there when they are wanted.
# shellcheck disable=SC2016,SC2086,SC2154
load helper

setup() {
    own_harness
    new_exercise 05-votes
    file=lessons/05-votes/exercise.c
    progress=.interleave/progress.json
}

interleave() { run --separate-stderr "$interleave" "$1" --lessons lessons "${@:2}"; }
judge_exercise() { interleave exercise 5 --engines "${1:-native,tsan,asan,helgrind,explore}" "${@:2}"; }
recorded() { jq -c ".exercises[\"05-votes\"] | $1" $progress; }
solve() { cp solutions/05-votes/exercise.c $file; }
edit() { printf '/* %s */\n' "$1" >>$file; }

# The shipped files

@test "the shipped text of every exercise is kept beside its reference" {
    local lesson
    for lesson in "$project"/lessons/[0-9]*; do
        run cmp "$lesson/exercise.c" "$project/solutions/$(basename "$lesson")/shipped.c"
        assert_success
    done
}

@test "reset restores the shipped file and keeps what was there, each time under another name" {
    cp $file shipped.c
    edit first && cp $file first.c
    interleave reset 5
    assert_success
    assert_output --partial "exercise.c.old-1"
    edit second && cp $file second.c
    interleave reset 5
    assert_output --partial "exercise.c.old-2"
    assert_files_equal $file shipped.c
    assert_files_equal $file.old-1 first.c
    assert_files_equal $file.old-2 second.c
}

@test "reset keeps what stands under a name of its own choice, whatever that is" {
    mkdir $file.old-1
    ln -s nowhere $file.old-2
    edit mine && cp $file mine.c
    interleave reset 5
    assert_output --partial "exercise.c.old-3"
    assert_files_equal $file.old-3 mine.c
    assert_equal "$(readlink $file.old-2)" nowhere
}

@test "reset of a link leaves the file that it leads to as it is" {
    edit mine && mv $file mine.c && cp mine.c before.c
    ln -s ../../mine.c $file
    interleave reset 5
    assert_success
    assert_files_equal mine.c before.c
    assert_files_equal $file solutions/05-votes/shipped.c
    assert_equal "$(readlink $file.old-1)" ../../mine.c
}

@test "reset changes nothing when the file is as shipped, and brings back one that is gone" {
    interleave reset 5
    assert_output --partial "nothing was changed"
    assert_not_exists $file.old-1
    rm $file
    interleave exercise 5
    assert_refused "lessons/05-votes/exercise.c: No such file"
    interleave check
    assert_equal "$status" 2
    assert_line --regexp '^FAIL +05-votes/exercise.c'
    interleave reset 5
    assert_output --partial "is there again"
    assert_files_equal $file solutions/05-votes/shipped.c
    assert_not_exists $file.old-1
}

@test "reset without the shipped text is refused, and the student's file stays" {
    edit mine && cp $file mine.c
    rm solutions/05-votes/shipped.c
    interleave reset 5
    assert_refused "solutions/05-votes/shipped.c" "get it again"
    assert_files_equal $file mine.c
    assert_not_exists $file.old-1
}

# Attempts

@test "an attempt is another content that compiles: not the shipped one, not the same once more, not an error" {
    judge_exercise native
    assert_not_exists $progress
    edit one && judge_exercise native
    edit two && judge_exercise native
    judge_exercise native
    assert_equal "$(recorded '[(.judged | length), .solved]')" '[2,null]'
    echo 'int x = y;' >>$file && judge_exercise native
    assert_equal "$(recorded '.judged | length')" 2
}

@test "an exercise is solved at the attempt that was clean under all engines, and stays so" {
    edit one && judge_exercise native
    solve && judge_exercise
    assert_success
    assert_line "Solved at attempt 2; \`make solution-5\` shows the reference."
    assert_line "All exercises are solved."
    edit later && judge_exercise native
    assert_equal "$(recorded '[(.judged | length), .solved.attempt]')" '[3,2]'
    interleave progress
    assert_line --regexp '^  \[x\]  5  A test +solved at attempt 2, changed since$'
}

@test "what some engines say, or a file in its place, or one schedule, solves no exercise" {
    now_and_then
    solve
    judge_exercise native,explore
    assert_success
    refute_output --partial "Solved at attempt"
    interleave exercise 5 --schedules 1
    assert_equal "$(recorded .solved)" null
    rm -r .interleave
    interleave exercise 5 solutions/05-votes/exercise.c
    assert_success
    interleave check
    interleave exercise 5 --schedule '00000000::a1'
    assert_not_exists $progress
}

@test "after an exercise the next one that is not solved is named" {
    new_exercise 06-other
    new_exercise 07-third
    interleave hint 7
    solve && judge_exercise
    assert_line "Next: make exercise-6"
}

# The map

@test "progress shows each exercise: solved or not by a sign, at which attempt, with how many hints, and what is next" {
    new_exercise 06-other
    sed -i 's/^part.*/part = Locks/' lessons/06-other/lesson.ini
    interleave hint 6
    edit one && judge_exercise native
    solve && judge_exercise
    cp $file lessons/06-other/ && edit two && interleave exercise 6 --engines native
    interleave progress
    assert_success
    assert_output 'Threads
  [x]  5  A test                           solved at attempt 2, changed since

Locks
> [ ]  6  A test                           1 attempt, 1 hint

1 of 2 solved. Next: make exercise-6'
}

@test "progress as JSON says the same" {
    new_exercise 06-other
    solve && judge_exercise
    interleave progress --format json
    assert_equal "$(jq -c '[.solved, .exercises, .next]' <<<"$output")" '[1,2,6]'
    assert_equal "$(jq -c '.lessons[0] | [.number, .slug, .solved, .solved_at_attempt, .changed_since, .attempts, .hints]' <<<"$output")" \
        '[5,"05-votes",true,1,false,1,0]'
    assert_equal "$(jq -c '.lessons[1] | [.solved, .solved_at_attempt]' <<<"$output")" '[false,null]'
    interleave progress --format tap
    assert_refused "progress has no --format tap"
}

@test "the map fits narrow terminals" {
    sed -i 's/^title.*/title = A title that is not short at all/' lessons/05-votes/lesson.ini
    interleave hint 5
    local width
    for width in 20 40 80; do
        interleave progress --width $width
        assert_success
        assert_equal "$width $(awk -v w=$width 'length > w' <<<"$output")" "$width "
        assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "short at all"
    done
    interleave progress --width 19
    assert_equal "$status" 2
}

# The reference

@test "the reference is shown once the exercise is solved, or by force" {
    interleave solution 5
    assert_refused "exercise 5 is not solved yet" "FORCE=1"
    interleave solution 5 --force
    assert_output "$(cat solutions/05-votes/exercise.c)"
    assert_says "diff lessons/05-votes/exercise.c solutions/05-votes/exercise.c"
    solve && judge_exercise
    edit later
    interleave solution 5
    assert_success
    assert_output "$(cat solutions/05-votes/exercise.c)"
}

@test "make hands over the number, FORCE and HINT" {
    run make -C "$project" -n -o build/interleave --no-print-directory solution-7 FORCE=1
    assert_output --partial "build/interleave solution 7 --force"
    run make -C "$project" -n -o build/interleave --no-print-directory solution-7
    refute_output --partial "--force"
    run make -C "$project" -n -o build/interleave --no-print-directory hint-7 HINT=2 reset-7 watch-7 watch progress
    local command
    for command in "hint 7 2" "reset 7" "watch 7" watch progress; do assert_line --regexp "build/interleave $command *\$"; done
}

# The file

@test "a damaged progress file is kept aside, said in one sentence, and begun anew" {
    local damage number=0
    mkdir .interleave
    for damage in '' 'no JSON' '{}' '[]' '{"version": 2, "exercises": {}}' '{"version": 1, "exercises": []}' \
        '{"version": 1, "exercises": {"05-votes": 1}}' \
        '{"version": 1, "exercises": {"05-votes": {"judged": [1], "hints": 0}}}' \
        '{"version": 1, "exercises": {"05-votes": {"judged": [], "hints": -1}}}' \
        '{"version": 1, "exercises": {"05-votes": {"judged": [], "hints": 99}}}' \
        '{"version": 1, "exercises": {"05-votes": {"judged": [], "hints": 0, "solved": true}}}' \
        '{"version": 1, "exercises": {}, "exercises": {}}'; do
        printf %s "$damage" >$progress
        interleave hint 5
        assert_success
        assert_line --index 0 "Who adds?"
        assert_regex "$stderr" "^interleave: [^"$'\n'"]*progress.json is damaged; it is kept as progress.json.damaged-$((++number)),[^"$'\n'"]*$"
        assert_equal "$(cat $progress.damaged-$number)" "$damage"
        assert_equal "$(recorded .hints)" 1
    done
    rm $progress && mkdir $progress
    interleave progress
    assert_says "it is kept as progress.json.damaged-$((++number))"
    assert_dir_exists $progress.damaged-$number
}

@test "what a progress file holds of other lessons is kept" {
    mkdir .interleave
    echo '{"version": 1, "exercises": {"99-gone": {"judged": ["a"], "hints": 2}}}' >$progress
    interleave hint 5
    assert_equal "$(jq -c '.exercises["99-gone"]' $progress)" '{"hints":2,"judged":["a"]}'
}

@test "processes that note something at the same time lose nothing of each other" {
    local slug number pids=()
    for slug in 06-b 07-c 08-d 09-e 10-f 11-g 12-h; do new_exercise $slug; done
    for _ in 1 2 3; do
        for number in 5 6 7 8 9 10 11 12; do
            "$interleave" hint "$number" --lessons lessons >/dev/null 2>>errors.txt &
            pids+=($!)
        done
    done
    wait "${pids[@]}"
    assert_equal "$(cat errors.txt)" ""
    assert_equal "$(jq -c '[.exercises[].hints] | [length, min > 0]' $progress)" '[8,true]'
    assert_equal "$(ls .interleave)" $'lock\nprogress.json'
}

@test "where progress cannot be kept it is said, and all else goes on" {
    touch .interleave
    solve && judge_exercise
    assert_success
    assert_line "Exercise 5 is solved."
    assert_equal "$stderr" 'interleave: .interleave: Not a directory; progress is not kept'
    interleave hint 5
    assert_success
    assert_line "The next one: make hint-5 HINT=2"
    interleave progress
    assert_success
    assert_line "0 of 1 solved. Next: make exercise-5"
}

@test "progress outlives make clean: it is beside the lessons, and git does not see it" {
    interleave hint 5
    assert_file_exists .interleave/progress.json
    mkdir -p "$BATS_TEST_TMPDIR/else" && cd "$BATS_TEST_TMPDIR/else"
    run "$interleave" hint 7
    assert_file_exists "$BATS_TEST_TMPDIR/.interleave/progress.json"
    run git -C "$project" check-ignore .interleave/progress.json lessons/07-lock-order/exercise.c.old-1
    assert_success
}

@test "wrong operands of the desk's commands are refused" {
    new_lesson 08-plain
    interleave solution 8
    assert_refused "08-plain has no exercise"
    interleave reset 8
    assert_refused "08-plain has no exercise"
    interleave hint 8
    assert_refused "lesson 8 has no hints"
    interleave reset 5 6
    assert_refused "reset wants one number"
    interleave solution 5 6
    assert_refused "solution wants one number"
    interleave progress 5
    assert_refused "progress takes no operand"
    interleave watch 5
    assert_refused "watch needs a terminal"
}

# Events

@test "a judgement tells of itself as it goes: that it compiles, each engine, that it is faulty, the verdict" {
    interleave exercise 5 --format events --fresh
    assert_equal "$status" 1
    assert_equal "$(jq -r .event <<<"$output" | sed '/engine/d' | uniq | tr '\n' ' ')" "compiles certain verdict "
    assert_equal "$(jq -r 'select(.event == "engine").engine' <<<"$output" | sort | tr '\n' ' ')" "asan explore helgrind native tsan "
    assert_equal "$(jq -r 'select(.event == "engine").engine' <<<"$output" | tail -n 1)" helgrind
    assert_contains "$(jq -r 'select(.event == "certain").text' <<<"$output")" "data-race at exercise.c:4"
    assert_equal "$(jq -r 'select(.event == "verdict").verdict' <<<"$output")" faulty
    local schedule
    schedule=$(jq -r 'select(.event == "verdict").schedule' <<<"$output")
    interleave exercise 5 --schedule "$schedule"
    assert_equal "$status" 1
}

@test "events have the width and the colour that they are told, and none when all is clean is certain" {
    solve
    interleave exercise 5 --format events --fresh --width 60 --color always
    assert_success
    assert_equal "$(jq -r 'select(.event == "certain")' <<<"$output")" ""
    assert_contains "$(jq -r 'select(.event == "verdict").text' <<<"$output")" $'\033[32m'
    assert_equal "$(jq -r 'select(.event == "verdict").text' <<<"$output" | sed 's/\x1b\[[0-9]*m//g' | awk 'length > 60')" ""
}
