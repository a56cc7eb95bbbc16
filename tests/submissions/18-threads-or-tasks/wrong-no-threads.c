/* No thread, so never too many: the jobs run one after the other, and the first one waits for the second. */
/* verdict: wrong-result */
#include "exercise.h"

void run_all(unsigned count, void (*job)(unsigned number)) {
    for (unsigned i = 0; i < count; i++) {
        job(i);
    }
}
