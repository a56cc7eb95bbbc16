// The parts of workflow commands of GitHub Actions, with what the runner would take for an end escaped.
#ifndef INTERLEAVE_GITHUB_H
#define INTERLEAVE_GITHUB_H

#include <stdio.h>

void github_data(FILE *out, const char *text);     // behind the second `::`
void github_property(FILE *out, const char *text); // the value of a property

#endif
