/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "findings.h"

static void finding_free(gpointer data)
{
    struct doctor_finding *finding = data;

    g_free(finding->text);
    g_free(finding->remedy);
    g_free(finding);
}

GPtrArray *doctor_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

void doctor_add(GPtrArray *findings, const char *subject, enum doctor_level level,
                const char *remedy, const char *format, ...)
{
    struct doctor_finding *finding = g_new0(struct doctor_finding, 1);
    va_list args;

    va_start(args, format);
    finding->text = g_strdup_vprintf(format, args);
    va_end(args);
    finding->subject = subject;
    finding->level = level;
    finding->remedy = g_strdup(remedy);
    g_ptr_array_add(findings, finding);
}

gboolean doctor_has_problem(const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct doctor_finding *finding = findings->pdata[i];
        if (finding->level == DOCTOR_PROBLEM) {
            return TRUE;
        }
    }
    return FALSE;
}
