/* refused 2:stdout */
struct odd *stdout;
