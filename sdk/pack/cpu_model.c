/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu_model.h"

#include <glib.h>

/* op0 3, op1 0, CRn 0; what is not here is of extensions after Armv8.0 and reads as zero. */
static const struct {
    guint8 crm, op2;
    guint32 value;
} model[] = {
    {1, 0, 0x00000131}, /* ID_PFR0_EL1 */
    {1, 1, 0x10010001}, /* ID_PFR1_EL1: GIC, timer; no security, no virtualization extension */
    {1, 2, 0x00000006}, /* ID_DFR0_EL1: debug; no PMU, no trace */
    {1, 4, 0x10101105}, /* ID_MMFR0_EL1 */
    {1, 5, 0x40000000}, /* ID_MMFR1_EL1 */
    {1, 6, 0x01260000}, /* ID_MMFR2_EL1 */
    {1, 7, 0x02102211}, /* ID_MMFR3_EL1 */
    {2, 0, 0x02101110}, /* ID_ISAR0_EL1 */
    {2, 1, 0x13112111}, /* ID_ISAR1_EL1 */
    {2, 2, 0x21232042}, /* ID_ISAR2_EL1 */
    {2, 3, 0x01112131}, /* ID_ISAR3_EL1 */
    {2, 4, 0x00011142}, /* ID_ISAR4_EL1 */
    {2, 5, 0x00011121}, /* ID_ISAR5_EL1: AES, SHA-1, SHA-256, CRC32 */
    {3, 0, 0x10110222}, /* MVFR0_EL1 */
    {3, 1, 0x12111111}, /* MVFR1_EL1 */
    {3, 2, 0x00000043}, /* MVFR2_EL1 */
    {4, 0, 0x01000022}, /* ID_AA64PFR0_EL1: EL0 and EL1 with AArch32, GIC */
    {5, 0, 0x00101006}, /* ID_AA64DFR0_EL1: debug, two break- and watchpoints; no PMU, no trace */
    {6, 0, 0x00011120}, /* ID_AA64ISAR0_EL1: AES, PMULL, SHA-1, SHA-256, CRC32 */
    {7, 0, 0x00001122}, /* ID_AA64MMFR0_EL1: 40 bits, 4 and 64 KiB granules */
};

void pack_cpu_model(uint64_t id[8][8])
{
    for (guint i = 0; i < G_N_ELEMENTS(model); i++) {
        id[model[i].op2][model[i].crm] = model[i].value;
    }
}

#define BIT(n) (1ull << (n))

/* HCR_EL2 (Arm DDI 0487, D19.2.48): all that a guest must not do alone traps. */
#define HCR_VM     BIT(0) /* stage 2 */
#define HCR_SWIO   BIT(1)
#define HCR_PTW    BIT(2)
#define HCR_FMO    BIT(3) /* interrupts come to EL2, virtual ones to EL1 */
#define HCR_IMO    BIT(4)
#define HCR_AMO    BIT(5)
#define HCR_BSU_IS BIT(10)
#define HCR_TID3   BIT(18) /* ID registers */
#define HCR_TSC    BIT(19) /* SMC */
#define HCR_TIDCP  BIT(20)
#define HCR_TACR   BIT(21)
#define HCR_RW     BIT(31) /* EL1 is AArch64 */
/* Registers of later CPUs: LORegions, RAS error records */
#define HCR_TLOR BIT(35)
#define HCR_TERR BIT(36)
#define HCR_GUEST                                                                                  \
    (HCR_VM | HCR_SWIO | HCR_PTW | HCR_FMO | HCR_IMO | HCR_AMO | HCR_BSU_IS | HCR_TID3 | HCR_TSC | \
     HCR_TIDCP | HCR_TACR | HCR_TLOR | HCR_TERR)

#define SCTLR_RESET   0x30d00800ull
#define SCTLR_RESET32 0x00c50878ull
#define SPSR_EL1H     0x3c5ull /* EL1h, D A I F masked */
#define SPSR_SVC32    0x1d3ull /* AArch32 Supervisor, A I F masked */

void pack_cpu_reset(struct pb_vm *vm)
{
    gboolean a32 = (vm->flags & PB_VM_A32) != 0;

    vm->hcr = HCR_GUEST | (a32 ? 0 : HCR_RW);
    vm->sctlr = a32 ? SCTLR_RESET32 : SCTLR_RESET;
    vm->spsr = a32 ? SPSR_SVC32 : SPSR_EL1H;
}
