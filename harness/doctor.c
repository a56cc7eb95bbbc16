#include "doctor.h"

#include "report/paint.h"
#include "report/progress.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// A program in which exactly one engine must see exactly this.
static const struct patient {
    const char *engine;
    enum fault_kind kind;
    const char *source;
} patients[] = {
    {"native", FAULT_DOUBLE_LOCK,
     "#include <pthread.h>\n"
     "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
     "int main(void) { pthread_mutex_lock(&lock); pthread_mutex_lock(&lock); return 0; }\n"},
    {"tsan", FAULT_DATA_RACE,
     "#include <pthread.h>\n"
     "static int shared;\n"
     "static void *work(void *arg) { shared = 1; return arg; }\n"
     "int main(void) { pthread_t t; pthread_create(&t, 0, work, 0); shared = 2;\n"
     "  pthread_join(t, 0); return 0; }\n"},
    {"asan", FAULT_LEAK,
     "#include <stdlib.h>\n"
     "int main(void) { char *p = malloc(8); p[0] = 1; p = 0; return 0; }\n"},
    {"helgrind", FAULT_DATA_RACE,
     "#include <pthread.h>\n"
     "static int shared;\n"
     "static void *work(void *arg) { shared = 1; return arg; }\n"
     "int main(void) { pthread_t t; pthread_create(&t, 0, work, 0); shared = 2;\n"
     "  pthread_join(t, 0); return 0; }\n"},
    // No tool sees this one: the value is lost only if the threads take turns in between.
    {"explore", FAULT_CRASH,
     "#include <pthread.h>\n#include <stdatomic.h>\n#include <stdlib.h>\n"
     "static atomic_int shared;\n"
     "static void *work(void *arg) { shared = shared + 1; return arg; }\n"
     "int main(void) { pthread_t t; pthread_create(&t, 0, work, 0); shared = shared + 1;\n"
     "  pthread_join(t, 0); if (shared != 2) abort(); return 0; }\n"},
};

static bool sees(const struct verdict *verdict, enum fault_kind kind) {
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (verdict->faults.items[i].kind == kind && verdict->faults.items[i].place_count)
            return true;
    return false;
}

// Tries one engine. NULL when it works; otherwise why not, owned by the caller.
static char *examine(const struct journey *journey, const struct patient *patient,
                     int *stopped_by) {
    char *path = string_format("%s/doctor-%s.c", journey->home->work, patient->engine);
    if (!file_write(path, patient->source, strlen(patient->source))) {
        char *problem = string_format("%s: %s; make room or set TMPDIR", path, strerror(errno));
        free(path);
        return problem;
    }
    struct journey one = *journey;
    one.engines[0] = engine_named(patient->engine);
    one.engine_count = 1;
    one.fresh = true;
    struct program program = {
        .name = string_format("doctor-%s", patient->engine), .seconds = 10, .tries = 5};
    strings_add(&program.sources, path);
    struct verdict verdict = {0};
    *stopped_by = road_travel(&one, &program, 1, &verdict);
    const struct engine_result *result = &verdict.results[0];
    char *problem = NULL;
    if (!*stopped_by && result->outcome == OUTCOME_UNAVAILABLE)
        problem = string_copy(result->reason);
    else if (!*stopped_by && !sees(&verdict, patient->kind))
        problem = string_format(
            "it runs, but does not see a plain %s, or not its line; reinstall it with "
            "scripts/setup",
            fault_words[patient->kind].name);
    verdict_free(&verdict);
    program_free(&program);
    free(path);
    return problem;
}

// Nothing but grading needs a sandbox, so one that is missing does not make the doctor unhappy.
static void tell_sandbox(struct painter *painter, const struct home *home) {
    struct sandbox sandbox;
    char *problem = sandbox_open(&sandbox, home, false), *better = sandbox_short_of(&sandbox);
    char *words = string_format("%s%s%s", problem ? problem : sandbox_words(&sandbox),
                                better && !problem ? "; not more, because of " : "",
                                better && !problem ? better : "");
    char *level = string_format("level %s  ", sandbox_letter(&sandbox));
    printf("%-11s ", "sandbox");
    painted(painter, problem ? RED : GREEN, "%s", problem ? "none  " : level);
    wrapped_text(painter, words, 12, problem ? 18 : 21);
    free(level);
    free(words);
    free(better);
    free(problem);
    sandbox_close(&sandbox);
}

int doctor_run(const struct journey *journey) {
    struct painter painter = painter_new(stdout);
    int status = 0, stopped_by = 0;
    char *compiler = toolchain_identity(toolchain_compiler());
    printf("compiler    %.*s\n", compiler ? (int)strcspn(compiler, " ") : 40,
           compiler ? compiler : "none; run scripts/setup");
    free(compiler);
    for (size_t i = 0; i < sizeof patients / sizeof patients[0] && !stopped_by; i++) {
        char *problem = examine(journey, &patients[i], &stopped_by);
        progress_clear();
        printf("%-11s ", patients[i].engine);
        painted(&painter, problem ? RED : GREEN, problem ? "unavailable  " : "works  ");
        wrapped_text(&painter, problem ? problem : engine_named(patients[i].engine)->title, 12,
                     problem ? 25 : 19);
        status = problem ? 2 : status;
        free(problem);
    }
    if (!stopped_by)
        tell_sandbox(&painter, journey->home);
    return stopped_by ? 128 + stopped_by : status;
}
