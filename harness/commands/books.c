// The books of a grading, written again: when points are to be given in another way, nothing is judged anew.
#include "command.h"

#include "../grade/books.h"

int run_books(struct options *options, struct home *home) {
    struct course course = {0};
    struct scheme scheme = {0};
    char *problem = NULL;
    if (options->operands.count < 1 || options->operands.count > 2)
        problem = string_copy("name the output directory of a grading, such as build/grades, and a "
                              "grading.ini if it is not to be the usual scheme");
    else if (course_read(&course, home->lessons, &problem))
        problem = scheme_read(&scheme, options->operands.items[1], &course);
    if (!problem)
        problem = books_write(options->operands.items[0], &course, &scheme);
    scheme_free(&scheme);
    course_free(&course);
    return problem ? command_refuse(problem) : STATUS_FINE;
}

int run_scheme(struct options *options, struct home *home) {
    (void)home;
    if (options->operands.count)
        return command_refuse(
            string_copy("`interleave scheme` takes no operand; it prints the usual "
                        "grading.ini"));
    scheme_print(stdout);
    return STATUS_FINE;
}
