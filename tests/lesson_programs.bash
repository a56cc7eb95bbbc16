# What lesson.ini says of a lesson's programs, for tests that build them without the harness. The current
# directory is one that holds lessons/ and solutions/.

# value LESSON SECTION KEY: what its lesson.ini says there
value() {
    awk -v section="[$2]" -v key="$3" '/^\[/ { inside = $0 == section } inside && $1 == key && $2 == "=" { print substr($0, index($0, "=") + 1) }' \
        "lessons/$1/lesson.ini"
}

# section_of PROGRAM: the one of lesson.ini; a solution has its exercise's
section_of() { echo "${1/solution/exercise}.c"; }

# lesson_programs PROGRAM…: a line for each that a lesson has: lesson, program and its sources
lesson_programs() {
    local lesson program sources
    for lesson in lessons/[0-9][0-9]-*/; do
        lesson=$(basename "$lesson")
        for program; do
            grep -q "^\[$(section_of "$program")\]" "lessons/$lesson/lesson.ini" || continue
            sources=$(for source in $(value "$lesson" "$(section_of "$program")" sources); do echo "lessons/$lesson/$source"; done)
            case $program in
            exercise) sources="lessons/$lesson/exercise.c lessons/$lesson/drive.c $sources" ;;
            solution) sources="solutions/$lesson/exercise.c lessons/$lesson/drive.c $sources" ;;
            *) sources="lessons/$lesson/$program.c $sources" ;;
            esac
            echo "$lesson $program $(xargs <<<"$sources")"
        done
    done
}

# arguments LESSON PROGRAM: a word that names a file or a directory of the lesson stands for its path
arguments() {
    local word
    for word in $(value "$1" "$(section_of "$2")" arguments); do
        [[ -e lessons/$1/$word ]] && echo "lessons/$1/$word" || echo "$word"
    done
}
