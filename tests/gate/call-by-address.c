/* refused 3:fork */
#include <unistd.h>
pid_t (*const later)(void) = fork;
