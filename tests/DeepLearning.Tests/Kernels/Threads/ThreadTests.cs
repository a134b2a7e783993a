namespace DeepLearning.Tests.Kernels;

/// <summary>Tests that change the number of threads or count allocations run alone; each restores what it changed.</summary>
[CollectionDefinition("Threads", DisableParallelization = true)]
public sealed class ThreadTests;
