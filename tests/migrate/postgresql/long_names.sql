-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63" (
    "id" INTEGER NOT NULL,
    "someVeryLongFieldNameThatGoesBeyondAllReasonableLimits" TEXT NOT NULL,

    CONSTRAINT "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitO_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "B" (
    "id" BIGINT NOT NULL,
    "someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId" INTEGER NOT NULL,

    CONSTRAINT "B_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "C" (
    "id" TEXT NOT NULL,

    CONSTRAINT "C_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63T" (
    "A" INTEGER NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLi_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf_key" ON "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("someVeryLongFieldNameThatGoesBeyondAllReasonableLimits");

-- CreateIndex
CREATE INDEX "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf_idx" ON "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("id", "someVeryLongFieldNameThatGoesBeyondAllReasonableLimits");

-- CreateIndex
CREATE INDEX "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLi_B_index" ON "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63T"("B");

-- AddForeignKey
ALTER TABLE "B" ADD CONSTRAINT "B_someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId_fkey" FOREIGN KEY ("someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId") REFERENCES "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63T" ADD CONSTRAINT "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLim_A_fkey" FOREIGN KEY ("A") REFERENCES "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63T" ADD CONSTRAINT "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLim_B_fkey" FOREIGN KEY ("B") REFERENCES "C"("id") ON DELETE CASCADE ON UPDATE CASCADE;
