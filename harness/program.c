#include "program.h"

#include <stdlib.h>

const struct exploration exploration_usual = {
    .preemptions = 2, .schedules = 100000, .budget = 2, .seed = 1, .jobs = 1};

void program_free(struct program *program) {
    free(program->name);
    strings_free(&program->sources);
    strings_free(&program->cflags);
    strings_free(&program->libs);
    strings_free(&program->arguments);
    strings_free(&program->calls);
    free(program->contract);
    free(program->input);
    free(program->expected_output);
    free(program->expectation.kinds_from);
    for (size_t i = 0; i < ENGINES_MOST; i++)
        free(program->expectation.reason[i]);
    for (size_t i = 0; i < program->expectation.marker_count; i++)
        free(program->expectation.markers[i].file);
    free(program->expectation.markers);
}
