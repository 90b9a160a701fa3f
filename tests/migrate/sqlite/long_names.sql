-- CreateTable
CREATE TABLE "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "someVeryLongFieldNameThatGoesBeyondAllReasonableLimits" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "B" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId" INTEGER NOT NULL,
    CONSTRAINT "B_someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId_fkey" FOREIGN KEY ("someVeryLongFieldNameThatGoesBeyondAllReasonableLimitsId") REFERENCES "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "C" (
    "id" TEXT NOT NULL PRIMARY KEY
);

-- CreateTable
CREATE TABLE "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC" (
    "A" INTEGER NOT NULL,
    "B" TEXT NOT NULL,
    CONSTRAINT "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC_A_fkey" FOREIGN KEY ("A") REFERENCES "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC_B_fkey" FOREIGN KEY ("B") REFERENCES "C" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63_someVeryLongFieldNameThatGoesBeyondAllReasonableLimits_key" ON "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("someVeryLongFieldNameThatGoesBeyondAllReasonableLimits");

-- CreateIndex
CREATE INDEX "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63_id_someVeryLongFieldNameThatGoesBeyondAllReasonableLimits_idx" ON "AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63"("id", "someVeryLongFieldNameThatGoesBeyondAllReasonableLimits");

-- CreateIndex
CREATE UNIQUE INDEX "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC_AB_unique" ON "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC"("A", "B");

-- CreateIndex
CREATE INDEX "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC_B_index" ON "_AnExtremelyLongModelNameThatIsCertainlyLongerThanTheLimitOf63ToC"("B");
