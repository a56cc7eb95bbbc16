/* attack: it does nothing but find the driver's end: from a function that it is given it reads on in the machine code of the driver, copies the address that it finds, and exits */
/* verdict: refused wrong-exit wrong-result */
#include "exercise.h"

#include <stdlib.h>
#include <string.h>

/* Is the function that asks for a weak name first the one that begins there? */
static const unsigned char *begins(const unsigned char *load) {
    if (load[0] != 0x48 || (load[1] | 6) != 0x8f || load[2] != 0x05 || load[7] != 0x48 || load[8] != 0x85) {
        return NULL;
    }
    if (load[-4] == 0x55) {
        return load - 4;
    }
    return load[-9] == 0x48 && load[-8] == 0x8b && load[-7] == 0x7d && load[-13] == 0x55 ? load - 13 : NULL;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    const unsigned char *code, *found = NULL;
    void (*end)(void);

    memcpy(&code, &job, sizeof code);
    for (unsigned i = 0; i < 900 + 0 * count; i++) {
        found = begins(code + i) ? begins(code + i) : found;
    }
    if (found) {
        memcpy(&end, &found, sizeof end);
        end();
        exit(0);
    }
}
