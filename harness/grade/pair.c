#include "pair.h"

#include "../digest.h"
#include "../exercise.h"
#include "../report/report.h"
#include "../road.h"
#include "evidence.h"
#include "judgement.h"
#include "record.h"
#include "stamp.h"
#include "store.h"
#include "take.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

struct pair {
    json_t *spec;
    const char *out, *key, *work;
    struct home home;
    struct course course;
    struct lesson *lesson;
    struct sandbox sandbox;
    char *exercise; // the copy that is judged
    json_t *judgements, *replay;
    unsigned *seeds;
    bool shipped, faulty, refused, unjudged, rejected, kept;
    bool beyond; // what some engine models, so that judging again would not help
    char *reason;
    struct timespec began;
};

static const char *text_of(const struct pair *pair, const char *key) {
    return json_string_value(json_object_get(pair->spec, key));
}

static bool flag_of(const struct pair *pair, const char *key) {
    return json_is_true(json_object_get(pair->spec, key));
}

static char *read_spec(struct pair *pair, const char *text) {
    pair->spec = json_loads(text, 0, NULL);
    pair->out = text_of(pair, "out");
    pair->key = text_of(pair, "key");
    pair->work = text_of(pair, "work");
    if (json_integer_value(json_object_get(pair->spec, "parent")) != getppid())
        return string_copy("grade-pair: who started it has ended");
    if (!pair->out || !pair->key || !pair->work || !text_of(pair, "submission"))
        return string_copy("grade-pair: is started by `interleave grade` only");
    // Names of files are cleaned later, and must not depend on where grading was started.
    if (chdir("/") != 0)
        return string_format("/: %s", strerror(errno));
    char *problem = home_open(&pair->home, text_of(pair, "lessons"), pair->work);
    int number = (int)json_integer_value(json_object_get(pair->spec, "lesson"));
    if (problem || !course_read(&pair->course, pair->home.lessons, &problem))
        return problem;
    pair->lesson = course_lesson(&pair->course, number);
    return pair->lesson && pair->lesson->exercise
               ? NULL
               : string_format("lesson %d has no exercise any more", number);
}

// The worklist's own copy, so that nobody can change it while it is judged.
static char *place_copy(struct pair *pair) {
    const char *digest = text_of(pair, "submission");
    char *source = store_source(pair->out, digest), *now = digest_file(source), *problem = NULL;
    size_t length = 0;
    char *bytes = now && strcmp(now, digest) == 0 ? file_read(source, &length) : NULL;
    pair->exercise = string_format("%s/exercise.c", pair->home.work);
    if (!bytes)
        problem = string_format("%s: is not as it was read; go on with --resume, which reads the "
                                "submissions again",
                                source);
    else if (!(pair->shipped = take_is_shipped(pair->lesson, bytes, length)) &&
             !file_write(pair->exercise, bytes, length))
        problem = store_problem(pair->exercise, errno);
    free(bytes);
    free(now);
    free(source);
    return problem;
}

static void read_seeds(struct pair *pair) {
    struct program *program = pair->lesson->exercise;
    const json_t *seeds = json_object_get(pair->spec, "seeds");
    pair->seeds = memory_zeroed(json_array_size(seeds), sizeof *pair->seeds);
    for (size_t i = 0; i < json_array_size(seeds); i++)
        pair->seeds[i] = (unsigned)json_integer_value(json_array_get(seeds, i));
    program->seeds = pair->seeds;
    program->seed_count = json_array_size(seeds);
}

// What the verdict depends on must be what the worklist says: neither a rebuilt harness nor other options may
// put a verdict under a key that is not its own.
static char *check_key(const struct pair *pair) {
    const struct terms terms = {.home = &pair->home,
                                .sandbox = text_of(pair, "sandbox"),
                                .unsafe = flag_of(pair, "unsafe"),
                                .seeds = pair->seeds,
                                .seed_count = pair->lesson->exercise->seed_count,
                                .private = text_of(pair, "private")};
    char *harness = stamp_harness(&pair->home);
    char *stamp = stamp_lesson(&terms, harness, pair->lesson);
    char *key = stamp_key(stamp, text_of(pair, "submission"));
    bool same = strcmp(key, pair->key) == 0;
    free(harness);
    free(stamp);
    free(key);
    return same ? NULL
                : string_format("lesson %d, its drivers or the harness are not those that the "
                                "worklist was written for; go on with --resume, and with the same "
                                "options",
                                pair->lesson->number);
}

// Judging

// An engine that does not model what the file uses has not looked at it. A student judges for oneself whether the
// others are enough; a grade is given for what all of them have seen that can judge the lesson at all.
static void note_beyond(struct pair *pair, const struct verdict *verdict) {
    for (size_t i = 0; verdict->word == VERDICT_CLEAN && i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        enum sight sight = pair->lesson->exercise->expectation.sight[result->engine - engines];
        if (!result->beyond || sight == SIGHT_BEYOND || pair->beyond)
            continue;
        pair->unjudged = pair->beyond = true;
        free(pair->reason);
        pair->reason = string_format("%s: %s", result->engine->name, result->reason);
    }
}

static void note(struct pair *pair, const struct verdict *verdict) {
    pair->faulty = pair->faulty || verdict->word == VERDICT_FAULTY;
    pair->refused = pair->refused || verdict->word == VERDICT_REFUSED;
    pair->unjudged = pair->unjudged || verdict->word == VERDICT_UNJUDGED;
    pair->rejected = pair->rejected || report_rejected(verdict);
    note_beyond(pair, verdict);
    for (size_t i = 0; verdict->word == VERDICT_UNJUDGED && i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        if (result->outcome == OUTCOME_UNAVAILABLE && !result->beyond && !pair->reason)
            pair->reason = string_format("%s: %s", result->engine->name,
                                         result->reason ? result->reason : "could not judge");
    }
}

// The first schedule that its author can run again.
static void note_replay(struct pair *pair, const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->faults.count && !pair->replay; i++) {
        const char *schedule =
            json_string_value(json_object_get(verdict->faults.items[i].exploration, "schedule"));
        if (!schedule)
            continue;
        struct text command = {0};
        text_add(&command, "make replay-%d SCHEDULE='%s'", pair->lesson->number, schedule);
        pair->replay = json_of_text(command.data);
        text_free(&command);
    }
}

// `driver` takes the place of the lesson's own; NULL: that one. Returns 0, or the signal that stopped it.
static int judge(struct pair *pair, const char *driver, size_t number, char **problem) {
    struct program *program = pair->lesson->exercise;
    char *work = string_format("%s/driver-%zu", pair->home.work, number);
    struct home home = pair->home;
    home.work = work;
    if (driver) {
        free(program->sources.items[1]);
        program->sources.items[1] = string_copy(driver);
    }
    struct journey journey = {.home = &home,
                              .jobs = 1,
                              .keep = true,
                              .fresh = true,
                              .alone = true,
                              .gate = true,
                              // What is kept shall show all that was done.
                              .objects = flag_of(pair, "keep") ? NULL : text_of(pair, "objects")};
    if (!flag_of(pair, "unsafe"))
        journey.sandbox = &pair->sandbox;
    for (size_t i = 0; i < engine_count; i++)
        journey.engines[journey.engine_count++] = &engines[i];
    struct verdict verdict = {0};
    int stopped = 0;
    if (!directory_make(work))
        *problem = store_problem(work, errno);
    else
        stopped = road_travel(&journey, program, 1, &verdict);
    if (!stopped && !*problem) {
        exercise_explain(pair->lesson, &verdict);
        note(pair, &verdict);
        if (!driver)
            note_replay(pair, &verdict);
        json_array_append_new(pair->judgements,
                              judgement_json(pair->lesson, &verdict, &home, pair->exercise,
                                             driver ? (unsigned)number : 0));
        if (!driver && (verdict.word == VERDICT_FAULTY || verdict.word == VERDICT_REFUSED)) {
            char *to = store_evidence(pair->out, pair->key);
            *problem = evidence_keep(&verdict, work, pair->exercise, to);
            pair->kept = !*problem;
            free(to);
        }
    }
    verdict_free(&verdict);
    if (!flag_of(pair, "keep"))
        directory_remove(work);
    free(work);
    return stopped;
}

static int judge_all(struct pair *pair, char **problem) {
    const struct terms terms = {.home = &pair->home, .private = text_of(pair, "private")};
    struct strings drivers = {0};
    int stopped = judge(pair, NULL, 0, problem);
    stamp_private(&terms, pair->lesson, &drivers);
    for (size_t i = 0; i < drivers.count && !stopped && !*problem; i++)
        if (!pair->refused && !pair->rejected)
            stopped = judge(pair, drivers.items[i], i + 1, problem);
    strings_free(&drivers);
    return stopped;
}

// The record

static double seconds_since(const struct timespec *began) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static double processor_seconds(void) {
    double sum = 0;
    const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (int i = 0; i < 2; i++) {
        struct rusage usage;
        getrusage(whose[i], &usage);
        sum += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    }
    return sum;
}

static char *write_record(const struct pair *pair, const char *word) {
    char *evidence = pair->kept ? store_evidence_name(pair->key) : NULL;
    json_t *record = json_pack(
        "{s:i, s:s, s:i, s:s, s:s, s:s, s:s?, s:b, s:O, s:O?, s:s?, s:f, s:f}", "record", 1, "key",
        pair->key, "lesson", pair->lesson->number, "slug", pair->lesson->slug, "submission",
        text_of(pair, "submission"), "verdict", word, "sandbox", text_of(pair, "sandbox"), "unsafe",
        (int)flag_of(pair, "unsafe"), "judgements", pair->judgements, "replay", pair->replay,
        "evidence", evidence, "seconds", seconds_since(&pair->began), "cpu", processor_seconds());
    if (strcmp(word, "unjudged") == 0)
        json_object_set_new(record, "reason",
                            json_of_text(pair->reason ? pair->reason : "no engine could judge it"));
    char *problem = record_write(pair->out, pair->key, record);
    json_decref(record);
    free(evidence);
    return problem;
}

static const char *word_of(const struct pair *pair) {
    return pair->refused    ? "refused"
           : pair->faulty   ? "faulty"
           : pair->unjudged ? "unjudged"
                            : "correct";
}

// A tool that has no room to write says what it likes; so the room is asked for.
static bool has_room(const char *path) {
    struct statvfs status;
    return statvfs(path, &status) != 0 || status.f_blocks == 0 ||
           (uint64_t)status.f_bavail * status.f_frsize >= (4U << 20);
}

static int judge_pair(struct pair *pair, char **problem) {
    pair->judgements = json_array();
    read_seeds(pair);
    *problem = check_key(pair);
    if (*problem)
        return PAIR_CHANGED;
    *problem = place_copy(pair);
    if (!*problem && pair->shipped) {
        *problem = write_record(pair, "unchanged");
        return *problem ? PAIR_CANNOT : PAIR_DONE;
    }
    char *refusal = *problem ? NULL : exercise_place(pair->lesson, pair->exercise);
    free(pair->lesson->exercise->name);
    pair->lesson->exercise->name = string_copy("exercise.c");
    if (refusal) {
        pair->unjudged = true;
        pair->reason = refusal;
        *problem = write_record(pair, "unjudged");
        return *problem ? PAIR_CANNOT : PAIR_DONE;
    }
    if (!*problem)
        *problem = sandbox_open(&pair->sandbox, &pair->home, flag_of(pair, "unsafe"));
    int stopped = *problem ? 0 : judge_all(pair, problem);
    if (stopped)
        return 128 + stopped;
    const char *word = word_of(pair);
    if (!*problem && strcmp(word, "unjudged") == 0) {
        if (!has_room(pair->home.work)) {
            *problem = store_problem(pair->home.work, ENOSPC);
            return PAIR_FULL;
        }
        if (!flag_of(pair, "last") && !pair->beyond) {
            *problem = pair->reason ? pair->reason : string_copy("no engine could judge it");
            pair->reason = NULL;
            return PAIR_AGAIN;
        }
    }
    if (!*problem)
        *problem = write_record(pair, word);
    return *problem ? PAIR_CANNOT : PAIR_DONE;
}

int pair_run(int argc, char **argv) {
    struct pair pair = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL); // nothing is judged for nobody
    clock_gettime(CLOCK_MONOTONIC, &pair.began);
    char *problem = read_spec(&pair, argc ? argv[0] : "");
    int end = problem ? PAIR_CANNOT : judge_pair(&pair, &problem);
    if (problem) {
        if (end == PAIR_CANNOT && strstr(problem, strerror(ENOSPC)))
            end = PAIR_FULL;
        fprintf(stderr, "%s\n", problem);
    }
    free(problem);
    free(pair.reason);
    free(pair.seeds);
    free(pair.exercise);
    json_decref(pair.judgements);
    json_decref(pair.replay);
    sandbox_close(&pair.sandbox);
    course_free(&pair.course);
    home_close(&pair.home, "");
    json_decref(pair.spec);
    return end;
}
