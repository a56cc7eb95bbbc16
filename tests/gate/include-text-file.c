/* refused 2:/etc/passwd */
#include "/etc/passwd"
