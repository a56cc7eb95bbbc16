// Parts of SARIF 2.1.0 that several reports are made of.
#ifndef INTERLEAVE_SARIF_H
#define INTERLEAVE_SARIF_H

#include "../fault.h"

// A rule for each kind of fault, in the order of the kinds; then `expectation` and `refused`.
json_t *sarif_rules(void);
json_t *sarif_rule(const char *id, const char *meaning);
// A location; `file` and `says` may be NULL, `line` 0.
typedef json_t *sarif_location(const void *context, const char *file, int line, const char *says);
// The explorer's schedule of the fault, a flow for each thread.
json_t *sarif_code_flows(const struct fault *fault, sarif_location *locate, const void *context);

#endif
