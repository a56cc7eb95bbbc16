// The books of a grading, written again: when points are to be given in another way, nothing is judged anew.
#include "command.h"

#include "../grade/books.h"
#include "../grade/lock.h"
#include "../grade/output.h"

int run_books(struct options *options, struct home *home) {
    struct course course = {0};
    struct scheme scheme = {0};
    const char *out = options->operands.count ? options->operands.items[0] : NULL;
    char *problem = NULL;
    if (options->operands.count < 1 || options->operands.count > 2)
        problem = string_copy("name the output directory of a grading, such as build/grades, and a "
                              "grading.ini if it is not to be the usual scheme");
    else if (course_read(&course, home->lessons, &problem))
        problem = scheme_read(&scheme, options->operands.items[1], &course);
    struct lock lock = {-1, -1};
    if (!problem && !output_used(out))
        problem = string_format("%s: no grading is in it; run `interleave grade` first", out);
    if (!problem)
        problem = lock_take(&lock, out, 1, 1);
    if (!problem)
        problem = books_write(out, &course, &scheme);
    lock_release(&lock);
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
