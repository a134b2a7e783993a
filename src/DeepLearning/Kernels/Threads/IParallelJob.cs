namespace DeepLearning.Kernels;

/// <summary>A job cut into parts that may run at the same time; parts write disjoint outputs.</summary>
internal interface IParallelJob
{
    void Execute(int part);
}
