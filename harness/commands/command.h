// The commands of `interleave`: main.c dispatches to them, and each file here holds some that belong together.
#ifndef INTERLEAVE_COMMAND_H
#define INTERLEAVE_COMMAND_H

#include "../course.h"
#include "../options.h"
#include "../road.h"

enum { STATUS_FINE = 0, STATUS_FAULTS = 1, STATUS_CANNOT = 2 };

// Each returns the exit status.
int run_lesson(struct options *options, struct home *home);
int run_exercise(struct options *options, struct home *home);
int run_explain(struct options *options, struct home *home);
int run_hint(struct options *options, struct home *home);
int run_solution(struct options *options, struct home *home);
int run_reset(struct options *options, struct home *home);
int run_progress(struct options *options, struct home *home);
int run_watch(struct options *options, struct home *home);
int run_check(struct options *options, struct home *home);
int run_program_files(struct options *options, struct home *home);
int run_explore(struct options *options, struct home *home);
int run_replay(struct options *options, struct home *home);
int run_drive(struct options *options, struct home *home);
int run_trace(struct options *options, struct home *home);
int run_list(struct options *options, struct home *home);
int run_picture(struct options *options, struct home *home);
int run_doctor(struct options *options, struct home *home);
int run_flags(struct options *options, struct home *home);
int run_grade(struct options *options, struct home *home);
int run_books(struct options *options, struct home *home);
int run_scheme(struct options *options, struct home *home);

// What they share:

// Prints the sentence, and takes it over. Returns STATUS_CANNOT.
int command_refuse(char *sentence);
// Prints the sentence, which stops nothing, and takes it over; NULL: none.
void command_remark(char *sentence);
// Judges the programs and reports; the road's end for every command. Returns the exit status.
int command_judge(const struct options *options, const struct home *home, struct program *programs,
                  size_t count, enum report_about about, const struct lesson *lesson);
// The program that the files and options make up, to be freed in any case. NULL, or what is wrong with them
// (owned by the caller).
char *command_read_program(struct program *program, const struct options *options);
// The same; `then` (or NULL) sees the first verdict before it is reported.
int command_judge_then(const struct options *options, const struct home *home,
                       struct program *programs, size_t count, enum report_about about,
                       const struct lesson *lesson,
                       void (*then)(void *context, const struct verdict *verdict), void *context);
// Judges the program that the files and options make up, and reports. Returns the exit status.
int command_judge_files(const struct options *options, const struct home *home,
                        enum report_about about);
// Only the explorer looks, on all processors.
void command_explorer_alone(struct options *options);
// How the explorer works on the program: what the command line says goes before what the lesson says.
void command_explore_as_told(struct program *program, const struct exploration *told);
struct journey command_journey(const struct options *options, const struct home *home);
// Whether the text is a number from 1 to 99.
bool command_number(const char *text, int *number);
// The lesson that the text names, by its number or its directory ("07-lock-order"), borrowed from the
// course; NULL with a problem.
struct lesson *command_find_lesson(struct course *course, const char *text, char **problem);
extern const char command_no_lessons[];

// Reads the course and hands over the lesson that the first operand names; there may be one operand more.
// `answer` returns the exit status, or sets the problem (owned by the caller).
int command_with_lesson(struct options *options, struct home *home, const char *command,
                        int (*answer)(struct options *, struct home *, struct lesson *, char **));

#endif
