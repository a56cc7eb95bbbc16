# interleave grade: what is found in a folder, what is judged, and what the books are made of.
#
# Most submissions here are decided in no time: they are the shipped file, or do not compile.

load helper
load grading

setup() { grading_setup; }

# What is found

@test "a folder, a file or a number for each lesson of a student are found, and a repository of each student" {
    shipped class/ann/07-votes/exercise.c class/bob/07-votes.c class/cat/lesson-7.c class/dan/exercise_8.c \
        class/eve/course/lessons/07-votes/exercise.c class/eve/course/lessons/08-tally/exercise.c \
        class/eve/course/solutions/07-votes/exercise.c class/eve/course/build/lessons/07-votes/exercise.c \
        class/eve/course/.git/07-votes.c class/eve/course/lessons/07-votes/drive.c class/fay/votes.c class/gil/08.c
    grade class
    assert_pairs "ann 7 ann/07-votes/exercise.c" "bob 7 bob/07-votes.c" "cat 7 cat/lesson-7.c" \
        "dan 8 dan/exercise_8.c" "eve 7 eve/course/lessons/07-votes/exercise.c" \
        "eve 8 eve/course/lessons/08-tally/exercise.c" "fay 7 fay/votes.c" "gil 8 gil/08.c"
    assert_equal "$(unrecognised)" ""
}

@test "the files of one lesson are found in a flat folder, where the lesson is told or the folder is named after it" {
    shipped flat/ann.c flat/12.c class/08-tally/bob.c class/07-votes/cat/exercise.c
    grade flat --lesson 7
    assert_pairs "12 7 12.c" "ann 7 ann.c"
    grade class --fresh
    assert_pairs "bob 8 08-tally/bob.c" "cat 7 07-votes/cat/exercise.c"
    grade class/08-tally --fresh
    assert_pairs "bob 8 bob.c"
    grade flat --fresh
    assert_equal "$status" 2
    assert_contains "$(unrecognised)" "ann.c: no lesson is known for it"
}

@test "a download of Canvas is found: late, handed in again, and two students of one name" {
    shipped class/leeann_12345_67890_exercise.c class/leeann_99_67891_exercise.c class/roebo_LATE_777_67892_exercise-1.c
    broken class/roebo_777_67880_exercise.c first
    grade class --lesson 7
    assert_pairs "leeann 7 leeann_12345_67890_exercise.c" "leeann [leeann_99] 7 leeann_99_67891_exercise.c" \
        "roebo 7 roebo_777_67880_exercise.c"
    assert_equal "$(ids | sort -u | wc -l)" 3
    broken class/roebo_LATE_777_67892_exercise-1.c second
    grade class --lesson 7 --fresh
    assert_contains "$(pairs)" "roebo 7 roebo_LATE_777_67892_exercise-1.c"
    assert_equal "$(jq -c 'select(.also) | .also' out/worklist.jsonl)" '["roebo_777_67880_exercise.c"]'
    grade class --fresh
    assert_refused "no submissions are in it"
}

@test "in a download the lesson that a file itself names counts more than the one that is asked for" {
    shipped class/ann_1_2_exercise.c class/bob_3_4_08-tally.c class/cat_5_6_08-tally-1.c
    grade class --lesson 7
    assert_pairs "ann 7 ann_1_2_exercise.c"
    assert_contains "$(unrecognised)" "bob_3_4_08-tally.c: of a lesson that was not asked for"
    grade class --fresh
    assert_pairs "bob 8 bob_3_4_08-tally.c" "cat 8 cat_5_6_08-tally-1.c"
}

@test "a download of Moodle is found, with folders and without, and what was typed into a form is told" {
    shipped "class/Ann Lee_4711_assignsubmission_file_/exercise.c" "class/Bo Roe_12_assignsubmission_file_exercise.c" \
        "class/Di Ng_13_assignsubmission_file/07-votes.c" "class/Ann Lee_4712_assignsubmission_file_/my.c"
    mkdir "class/Cy Ott_5_assignsubmission_onlinetext_"
    echo text >"class/Cy Ott_5_assignsubmission_onlinetext_/onlinetext.html"
    grade class --lesson 7
    assert_pairs "Ann Lee 7 Ann Lee_4711_assignsubmission_file_/exercise.c" \
        "Ann Lee [$(ids | grep 4712)] 7 Ann Lee_4712_assignsubmission_file_/my.c" \
        "Bo Roe 7 Bo Roe_12_assignsubmission_file_exercise.c" "Di Ng 7 Di Ng_13_assignsubmission_file/07-votes.c"
    assert_contains "$(unrecognised)" "onlinetext"
}

@test "repositories of GitHub Classroom are called by their students" {
    shipped locks-submissions/locks-ann/lessons/07-votes/exercise.c locks-submissions/locks-bob/lessons/07-votes/exercise.c
    grade locks-submissions
    assert_pairs "ann 7 locks-ann/lessons/07-votes/exercise.c" "bob 7 locks-bob/lessons/07-votes/exercise.c"
}

@test "the folder may be that of one student" {
    shipped ann/07-votes.c ann/lessons/08-tally/exercise.c
    grade ann
    assert_pairs "ann 7 07-votes.c" "ann 8 lessons/08-tally/exercise.c"
}

@test "what is not recognised is listed, with the reason, and counted" {
    shipped class/ann/07-votes.c class/bob/queue.c
    mkdir class/cat
    echo >class/notes.txt
    echo >class/dan.zip
    grade class
    assert_equal "$(unrecognised | cut -d: -f1)" "$(printf '%s\n' bob/queue.c dan.zip notes.txt)"
    assert_contains "$(unrecognised)" "dan.zip: an archive; unpack it"
    assert_contains "$output" "Not recognised: 3 files, listed in"
}

@test "a student of whom nothing was taken is named in the summary and on the page, with the reason and without a zero" {
    shipped class/ann/07-votes.c class/fay_5_6_07-votes.c
    mkdir -p class/bob/drafts class/cat "class/Di Ng_12_assignsubmission_file_" "class/"$'\xe9\n'"<b>"
    echo >class/bob/drafts/queue.c
    echo >class/bob/drafts/report.zip
    echo >"class/Di Ng_12_assignsubmission_file_/work.zip"
    echo >"class/"$'\xe9\n'"<b>/a"$'\xe9'".zip"
    echo >class/gil_7_8_work.zip
    echo >class/fay_5_7_report.pdf # of fay a file was taken
    echo >class/hal.c
    grade class
    assert_equal "$(absent)" "Di Ng_12: work.zip: an archive; unpack it where it lies
bob: queue.c: $(unrecognised | sed -n 's|bob/drafts/queue.c: ||p') (and 1 more)
cat: it is empty
gil_7: gil_7_8_work.zip: not a C file
hal: hal.c: $(unrecognised | sed -n 's|hal.c: ||p')
� <b>: a�.zip: an archive; unpack it where it lies"
    assert_contains "$output" $'\nIn no book, since nothing of theirs could be taken:\n  Di Ng_12: work.zip'
    assert_contains "$output" $'\n  cat: it is empty\n'
    assert_contains "$(<out/html/index.html)" "<h2>In no book: 6</h2>"
    assert_contains "$(<out/html/index.html)" "<td>it is empty</td>"
    assert_equal "$(cut -d, -f2 out/grades.csv)" $'name\n"ann"\n"fay"'
    rm -r class/[!a]*
    grade class --lesson 8 --fresh
    assert_refused "no submissions are in it" "is listed in /" "out/unrecognised.jsonl"
    assert_contains "$(absent)" "ann: nothing in it is for a lesson that was asked for"
}

@test "the file beside the folders of the only student is not a student's own" {
    shipped ann/07-votes.c
    echo >ann/notes.txt
    grade ann
    assert_equal "$(unrecognised | cut -d: -f1)" notes.txt
    assert_equal "$(absent)" ""
}

@test "what a repository has of the course is not listed as not recognised" {
    mkdir -p lessons/lib lessons/07-votes/texts
    touch lessons/lib/pool.c lessons/07-votes/texts/notes.txt
    shipped class/ann/lessons/08-tally/exercise.c
    cp -r lessons class/ann
    touch class/ann/README.md class/ann/Makefile class/ann/lessons/mine.c
    grade class
    assert_equal "$(unrecognised | cut -d: -f1)" ann/lessons/mine.c
}

@test "the files of a repository that nobody has changed are neither in the sum nor in the status" {
    mkdir -p class/ann
    cp -r lessons class/ann
    cp solutions/07-votes/exercise.c class/ann/lessons/07-votes/exercise.c
    grade class
    assert_contains "$output" "1 submission of 1 student: 1 correct, 0 faulty, 0 refused, 0 not attempted"
    assert_equal "$status" 0
    printf '[rules]\nlessons = 7 8\n' >both.ini
    grade class --resume --config both.ini
    assert_contains "$output" "2 submissions of 1 student: 1 correct, 0 faulty, 0 refused, 1 not attempted"
    assert_equal "$status" 1
}

@test "no submissions are refused, with the shapes that are understood" {
    grade class
    assert_refused "class: no submissions are in it" STUDENT/NN-slug/exercise.c Moodle
    grade nowhere
    assert_refused "nowhere" "name the folder"
    echo >file
    grade file
    assert_refused file
    grade
    assert_refused "wants one folder"
    assert_file_not_exists out/worklist.jsonl
}

# Names

@test "whatever a student is called, the name shown is printable, and the id safe and its own" {
    local name long names
    long=$(printf 'x%.0s' {1..255})
    names=('Ann Lee' $'new\nline' -rf '=1+1' '<b>' $'\xe2\x80\xaegnp' $'\xd7\x90\xd7\x91' $'\xff\xfe' $'\xff\xfd' "$long"
        Ann_Lee ann_lee $'e\xcc\x81' $'\x1b[31mred')
    for name in "${names[@]}"; do shipped "class/$name/07-votes.c"; done
    grade class
    assert_equal "$(ids | wc -l)" 14
    assert_equal "$(ids | tr '[:upper:]' '[:lower:]' | sort -u | wc -l)" 14
    run ! grep -vE '^[A-Za-z0-9_][A-Za-z0-9._-]{0,100}$' <(ids)
    iconv -f UTF-8 -t UTF-8 out/worklist.jsonl >/dev/null
    assert_equal "$(names_shown | sort -u | wc -l)" 14
    run ! grep -q $'\xe2\x80\xae\\|\x1b' <(names_shown)
}

@test "two names that look the same once they are made safe are told from each other" {
    shipped $'class/a\xff/07-votes.c' $'class/a\xfe/07-votes.c' class/a_/07-votes.c
    grade class
    assert_equal "$(ids | sort -u | wc -l)" 3
    assert_equal "$(names_shown | sort -u | wc -l)" 3
    # Nor is an id taken by who is called like it, or like it but for the capitals.
    shipped "class/$(ids | head -n 1 | tr a A)/07-votes.c" "class/$(ids | tail -n 1)/07-votes.c"
    grade class --fresh
    assert_equal "$(ids | tr A a | sort -u | wc -l)" 5
}

# What lies there is not a plain file

@test "links are not followed, and pipes, devices and directories are not opened" {
    shipped class/ann/07-votes.c
    mkdir -p class/{bob,cat,dan,eve}/07-votes class/dan/07-votes/exercise.c
    ln -s /etc/passwd class/bob/07-votes/exercise.c
    mkfifo class/cat/07-votes/exercise.c
    ln -s .. class/eve/07-votes/loop
    ln -s ann class/fay
    ln -s ../ann/07-votes.c class/eve/08-tally.c
    grade class
    assert_equal "$(trouble)" "bob/07-votes/exercise.c: is a symbolic link, which is not followed; put the file itself there
cat/07-votes/exercise.c: is a pipe; put the file itself there
dan/07-votes/exercise.c: is a directory; put the file itself there
eve/08-tally.c: is a symbolic link, which is not followed; put the file itself there"
    assert_contains "$(unrecognised)" "fay: a symbolic link, which is not followed"
    assert_equal "$status" 2
    assert_contains "$output" "For a person to look at:"
    assert_contains "$output" "bob, lesson 7: bob/07-votes/exercise.c is a symbolic link"
    run ! grep -rq root: out
}

@test "an enormous, an empty and a binary file are for a person, with the size that is allowed" {
    mkdir class/{ann,bob,cat}
    head -c 10000000 /dev/zero | tr '\0' '\n' >class/ann/07-votes.c
    : >class/bob/07-votes.c
    printf 'int x;\0' >class/cat/07-votes.c
    grade class
    assert_equal "$(trouble)" "ann/07-votes.c: is 9.5 MiB large; at most 1 MiB of source is judged, so see what it is
bob/07-votes.c: is empty; have it handed in again
cat/07-votes.c: is a binary file, not C source; have it handed in again"
    assert_equal "$status" 2
    assert_contains "$output" "3 not judged"
}

@test "of several files of one student the changed one is judged, then the newest, and the others are named" {
    shipped class/ann/07-votes/exercise.c
    broken class/ann/07-votes.c repaired
    broken class/bob/lesson-7.c old
    broken class/bob/07-votes.c new
    touch -d 2001-01-01 class/bob/lesson-7.c class/ann/07-votes.c
    grade class
    assert_pairs "ann 7 ann/07-votes.c" "bob 7 bob/07-votes.c"
    assert_equal "$(jq -c 'select(.also) | .also' out/worklist.jsonl)" '["ann/07-votes/exercise.c"]
["bob/lesson-7.c"]'
    assert_contains "$(cat out/books/grades.json)" bob/lesson-7.c
}

@test "the file as it was shipped is not attempted, also with the ends of lines of another system" {
    shipped class/ann/07-votes.c
    sed 's/$/\r/' lessons/07-votes/exercise.c >class/ann/08-tally.c
    grade class
    assert_equal "$(verdict_of ann 7) $(verdict_of ann 8)" "unchanged unchanged"
    assert_equal "$status" 1
    assert_contains "$output" "2 not attempted"
}

# What is judged

@test "right, wrong and broken files get their verdicts, and the status says the worst" {
    mkdir class/{ann,bob}
    cp solutions/07-votes/exercise.c class/ann/07-votes.c
    grade class
    assert_equal "$status" 0
    sed 's|^}|/* still */\n}|' lessons/07-votes/exercise.c >class/bob/07-votes.c
    broken class/cat/07-votes.c
    grade class --resume
    assert_equal "$status" 1
    assert_equal "$(verdict_of ann 7) $(verdict_of bob 7) $(verdict_of cat 7)" "correct faulty faulty"
    assert_equal "$(record_of bob 7 | jq -r '[.judgements[0].program.faults[].kind] | unique | join(" ")')" "data-race wrong-result"
    # Paths are those that a student knows.
    assert_equal "$(record_of bob 7 | jq -r '[.. | .file? // empty] | unique | join(" ")')" "drive.c exercise.c"
    # The lost points can be seen again.
    local replay
    replay=$(record_of bob 7 | jq -r .replay)
    assert_regex "$replay" "^make replay-7 SCHEDULE='[^']+'$"
    run -1 "$interleave" exercise 7 class/bob/07-votes.c --lessons lessons --schedule "$(cut -d"'" -f2 <<<"$replay")"
    assert_output --partial "$(record_of bob 7 | jq -r 'first(.judgements[0].program.faults[] | select(.exploration)) | .kind')"
    assert_file_exists "out/$(record_of bob 7 | jq -r .evidence)/exercise.c"
}

@test "records and worklist are as docs/records.schema.json says" {
    mkdir class/ann
    sed 's|^}|/* still */\n}|' lessons/07-votes/exercise.c >class/ann/07-votes.c
    broken class/bob/07-votes.c
    shipped class/cat/07-votes.c class/dan/x.c
    ln -s x class/eve.c
    grade class
    "$project/tests/records.py" "$project/docs" out
}

@test "equal files are judged once, whoever handed them in and whenever" {
    broken class/ann/07-votes.c same
    broken class/cat/08-tally.c same
    slow_compiler
    let_through
    grade class
    mv held alone
    broken class/bob/07-votes.c same
    grade class --fresh
    assert_equal "$(wc -l <held)" "$(wc -l <alone)"
    assert_equal "$(records)" 2
    broken class/dan/07-votes.c same
    rm held
    grade class --resume
    assert_file_not_exists held
    assert_contains "$output" "4 submissions of 4 students"
}

@test "a file that changes while it is graded is judged as it was read" {
    local digest
    broken class/ann/07-votes.c first
    slow_compiler
    start_grading class
    wait_until test -e held
    digest=$(jq -r 'select(.key) | .submission' out/worklist.jsonl)
    broken class/ann/07-votes.c second
    let_through
    wait "$grader" || true
    assert_equal "$(record_of ann 7 | jq -r .submission)" "$digest"
    assert_file_contains "out/$(record_of ann 7 | jq -r .evidence)/exercise.c" first
}

@test "a private driver and private seeds take part, and students are told nothing of what they do" {
    mkdir -p private/07-votes class/ann
    cp solutions/07-votes/exercise.c class/ann/07-votes.c
    sed -e 's/tally.votes == 2/tally.votes == 3/' -e 's/counted as/SECRETLY/' lessons/07-votes/drive.c >private/07-votes/more.c
    echo 77 >private/seeds
    grade class --private private
    assert_equal "$(verdict_of ann 7)" faulty
    assert_equal "$(record_of ann 7 | jq -c '[.judgements[] | [.driver, .private, .program.verdict]]')" \
        '[["drive.c",false,"clean"],["private driver 1",true,"faulty"]]'
    assert_equal "$(jq -c 'select(.worklist) | .seeds' out/worklist.jsonl)" "[1,2,3,77]"
    assert_equal "$(record_of ann 7 | jq -r .replay)" null
    run grep -rlE 'SECRETLY|more\.c' out/records out/books/
    assert_output ""
}

@test "a private driver that would take no part is refused by its name" {
    mkdir -p class/ann private/7-votes
    shipped class/ann/07-votes.c
    grade class --private private
    assert_refused "--private private: \`7-votes\` is the folder of no exercise" "NN-slug/*.c"
    mv private/7-votes private/07-votes
    echo >private/more.c
    grade class --private private
    assert_refused "\`more.c\` is in no lesson's folder"
    rm private/more.c
    echo >private/README.md
    grade class --private private
    assert_equal "$status" 1
}

@test "mistakes on the command line are told before anything is judged" {
    broken class/ann/07-votes.c
    mkdir private
    echo "1 many" >private/seeds
    grade class --private private
    assert_refused private/seeds many
    grade class --private nowhere
    assert_refused "--private nowhere"
    echo nonsense >grading.ini
    grade class --config grading.ini
    assert_refused grading.ini:1
    grade class --lesson 9
    assert_refused "--lesson 9"
    grade class --shard 1/2 --fresh
    assert_refused "--fresh"
    grade class --from out
    assert_refused "--gather"
    local idle
    for idle in --engines=native --timeout=1 --format=json --cflags=-O2 --libs=-lm --args=x --stdin=x --expect=x \
        --strategy=random --schedule=1 --budget=1 --schedules=5 --preemptions=0 --seed=2; do
        grade class "$idle"
        assert_refused "no use for ${idle%=*}:"
    done
    run -2 "$interleave" grade class --shard 3/2
    assert_output --partial "such as 1/4"
    assert_file_not_exists out/worklist.jsonl
}

# The output directory

@test "a grading that is there is neither mixed nor lost: --resume goes on, --fresh begins anew" {
    broken class/ann/07-votes.c
    grade class
    assert_equal "$status" 1
    grade class
    assert_refused "out: holds a grading already" --resume --fresh --out
    mkdir out/records/mine
    echo mine | tee out/mine out/records/mine/mine out/records/"$(keys | cut -c-2)"/mine >/dev/null
    grade class --fresh
    assert_equal "$status" 1
    assert_equal "$(find out -name mine -type f | wc -l)" 3
}

@test "what holds something else is no output directory" {
    broken class/ann/07-votes.c
    mkdir out && echo >out/thesis.tex
    grade class --fresh
    assert_refused "out: holds something that is not a grading"
    assert_equal "$(ls out)" thesis.tex
}

@test "nothing is written into the folder of submissions" {
    broken class/ann/07-votes.c
    find class -printf '%p %T@ %C@ %i %s\n' | sort >before
    local out
    ln -s class linked
    for out in class class/out class/ann/deep/er linked/out; do
        grade class --out "$out"
        assert_refused "$out: lies in the folder of the submissions"
    done
    grade class
    find class -printf '%p %T@ %C@ %i %s\n' | sort >after
    diff before after
}
